import { expect, test } from 'vitest';
import { idsIn, readIds } from '../../../src/modules/moderation/domain/ids.js';

const [a, b, c] = ['123456789012345678', '223456789012345678', '32345678901234567890'] as const;

test.each([
	['ids with spaces between them', `${a} ${b}`, [a, b], null],
	['ids with commas and line breaks between them', `${a},\n${b}; ${c}`, [a, b, c], null],
	['mentions', `<@${a}> <@!${b}>`, [a, b], null],
	['one twice', `${a} ${a}`, [a], null],
	['a reason behind them', `${a} ${b}  raid of today`, [a, b], 'raid of today'],
	['an id in the reason is part of it', `${a} as ${b}`, [a], `as ${b}`],
	['a number that is no id begins the reason', `${a} 123 of them`, [a], '123 of them'],
	['no id at all', 'raid', [], 'raid'],
	['nothing', '  ', [], null]
])('%s', (_, text, ids, rest) => {
	expect(readIds(text)).toEqual({ ids, rest });
});

test('in a file they are found wherever they stand, each once, and longer numbers are none', () => {
	expect(idsIn(`id,name\n"${a}",ana\n${b};bea\n${a}\n123456789012345678901\n1.${c}\nx${c}`)).toEqual([a, b, c]);
	expect(idsIn('')).toEqual([]);
});
