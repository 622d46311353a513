import { expect, test } from 'vitest';
import { codeBlock, escapeMarkdown, inlineCode } from '#lib/core/markdown.js';

test.each([
	['formatting', '*a* _b_ ~~c~~ ||d|| `e`', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`'],
	['masked links', '[free](https://x.example)', '\\[free\\](https://x.example)'],
	['mentions and emojis', '<@1> <@&2> <#3> <:a:4> <t:5:R>', '\\<@1> \\<@&2> \\<#3> \\<:a:4> \\<t:5:R>'],
	['everyone', '@everyone @here', '@\u200beveryone @\u200bhere'],
	['headings, quotes and lists', '# a\n> b\n- c\n-# d\n1. e', '\\# a\n\\> b\n\\- c\n\\-# d\n1\\. e'],
	['a backslash before a star', '\\*', '\\\\\\*'],
	['plain text stays as it is', 'tea (green) at 5:30 - #1 > 2', 'tea (green) at 5:30 - #1 > 2'],
	['an address keeps its underscores', 'see https://x.example/a_b_c?d=1 now_', 'see https://x.example/a_b_c?d=1 now\\_'],
	['writing turned round for what follows', 'a\u202eb\u2066c\u2069', 'abc'],
	['nothing', '', '']
])('%s', (_, text, expected) => {
	expect(escapeMarkdown(text)).toBe(expected);
});

test('an address does not carry formatting out', () => {
	expect(escapeMarkdown('https://x.example/**b** `c`')).toBe('https://x.example/\\*\\*b\\*\\* \\`c\\`');
});

test('lone surrogates and long texts are no trouble', () => {
	expect(escapeMarkdown('\ud800*\udc00')).toBe('\ud800\\*\udc00');
	expect(escapeMarkdown('*'.repeat(100_000))).toHaveLength(200_000);
});

test('code keeps its text and cannot be ended from inside', () => {
	expect(inlineCode('a')).toBe('`a`');
	expect(inlineCode('')).toBe('` `');
	expect(inlineCode('\u202eab')).toBe('`ab`');
	expect(inlineCode('a`b``c').match(/``/g)).toHaveLength(2);
	expect(codeBlock('a```b', 'ts').match(/```/g)).toHaveLength(2);
});
