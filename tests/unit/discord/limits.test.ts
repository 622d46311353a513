import { describe, expect, test } from 'vitest';
import { cut, embedLength, fitEmbed, fitEmbeds, limits } from '#lib/discord/limits.js';
import { hostileTexts, isWellFormed } from './hostileTexts.js';

const family = '👩‍👩‍👧‍👦';

test('a short text stays as it is', () => {
	expect(cut('tea', 3)).toBe('tea');
	expect(cut('', 0)).toBe('');
});

test('a long text ends in an ellipsis, exactly at the limit', () => {
	expect(cut('abcdef', 4)).toBe('abc…');
	expect(cut('abcdef', 1)).toBe('…');
	expect(cut('abcdef', 0)).toBe('');
});

test('an emoji made of several is kept or left out as a whole', () => {
	for (let limit = 1; limit < family.length * 3; limit++) {
		const pieces = cut(family.repeat(3), limit).replace('…', '').split(family);
		expect(pieces.join('')).toBe('');
	}
});

test('flags and skin tones are not cut in half', () => {
	expect(cut('🇩🇪🇫🇷', 6)).toBe('🇩🇪…');
	expect(cut('👍🏽👍🏽', 6)).toBe('👍🏽…');
});

test('letters piled with a thousand marks are cut between two characters', () => {
	const zalgo = `a${'\u0301'.repeat(1000)}`;
	expect(cut(zalgo, 100)).toHaveLength(100);
});

test.each([
	['a masked link', 'see [the docs](https://example.com/a) now'],
	['a masked link with an escaped bracket', 'see [a\\]b](https://example.com/a) now'],
	['a mention', 'see <@123456789012345678> now then'],
	['a custom emoji', 'see <a:wave:123456789012345678> now'],
	['a timestamp', 'see <t:1700000000:R> now then'],
	['an address', 'see https://example.com/a/b/c now']
])('%s is kept or left out as a whole', (_, text) => {
	const middle = text.slice('see '.length, text.lastIndexOf(' now'));
	for (let limit = 6; limit < text.length; limit++) {
		const rest = cut(text, limit).replace('…', '').replace(middle, '');
		expect(text.replace(middle, '').startsWith(rest)).toBe(true);
	}
});

test('a backslash is not parted from what it escapes', () => {
	expect(cut('abc\\*def', 5)).toBe('abc…');
});

test('a block of code is closed again', () => {
	const shorter = cut(`\`\`\`ts\n${'x'.repeat(500)}\n\`\`\``, 100);
	expect(shorter.endsWith('…\n```')).toBe(true);
	expect(shorter.length).toBeLessThanOrEqual(100);
});

describe.each(hostileTexts)('%s', (_, text) => {
	test('is cut within every limit and stays well formed', () => {
		for (const limit of [0, 1, 2, 3, 10, 63, 64, 65, 100, 256, 1024, 2000, 4096]) {
			const shorter = cut(text, limit);
			expect(shorter.length).toBeLessThanOrEqual(limit);
			expect(isWellFormed(shorter)).toBe(true);
		}
	});

	test('fits an embed wherever it stands', () => {
		const fields = Array.from({ length: 40 }, () => ({ name: text, value: text }));
		const embed = fitEmbed({ title: text, description: text, footer: { text }, author: { name: text }, fields });
		expect(embed.title?.length).toBeLessThanOrEqual(limits.title);
		expect(embed.description?.length ?? 0).toBeLessThanOrEqual(limits.description);
		expect(embed.fields?.length).toBeLessThanOrEqual(limits.fields);
		expect(embedLength(embed)).toBeLessThanOrEqual(limits.embedTotal);
		for (const field of embed.fields ?? []) {
			expect(field.name.length).toBeGreaterThan(0);
			expect(field.value.length).toBeGreaterThan(0);
			expect(field.name.length).toBeLessThanOrEqual(limits.fieldName);
			expect(field.value.length).toBeLessThanOrEqual(limits.fieldValue);
		}
	});
});

test('the embeds of one message share one budget', () => {
	const embeds = fitEmbeds(Array.from({ length: 20 }, () => ({ description: 'x'.repeat(1000) })));
	expect(embeds.reduce((sum, embed) => sum + embedLength(embed), 0)).toBe(limits.embedTotal);
	expect(embeds).toHaveLength(6);
});

test('cutting a hostile text of a megabyte takes no time', () => {
	const started = performance.now();
	for (const text of ['[', '](', '\\', 'https://', '<@', 'a\u0301']) cut(text.repeat(1_000_000 / text.length), limits.description);
	expect(performance.now() - started).toBeLessThan(1000);
});
