import { describe, expect, test } from 'vitest';
import { optional, rest, text, withDefault } from '#lib/commands/options/index.js';
import type { Options } from '#lib/commands/options/option.js';
import { readSlash, readTyped } from '#lib/commands/readArguments.js';
import { isVisible } from '#lib/core/text.js';
import { Refusal } from '#lib/errors/refusal.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';
import { aLeaf, plainContext } from './support.js';

/** Characters that people use to send nothing, and a few that break a line or turn the direction. */
const hidden = [
	...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202e', '\u2060', '\u2061', '\u2064', '\u2066', '\u2069'],
	...['\ufeff', '\u00ad', '\u034f', '\u061c', '\u115f', '\u1160', '\u17b4', '\u180e', '\u2800', '\u3164', '\uffa0', '\ufe0f'],
	...['\u0001', '\u0007', '\u001b', '\u007f', '\u0085', '\u{e0001}', '\u{e0041}', '\u{1d173}', '\u{e0100}']
];
const blank = [' ', '\t', '\n', '\u00a0', '\u2003', '\u2028', '\u3000'];
const seen = ['a', '0', '.', 'ß', 'я', 'ع', '字', '한', 'ก', '👍', '👨‍👩‍👧', '🇩🇪', '1️⃣', 'é', '\ufffd', '\u{20bb7}'];

/** The same numbers each time: a failure can be looked at again. */
function dice(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state % below;
	};
}

function hostile(roll: (below: number) => number, from: readonly string[]): string {
	return Array.from({ length: 1 + roll(30) }, () => from[roll(from.length)] ?? '').join('');
}

const read = (options: Options, line: string) => readTyped(aLeaf({ options }), line, ';', plainContext);

async function codeOf(options: Options, line: string): Promise<string | null> {
	try {
		await read(options, line);
		return null;
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return error.context.code;
	}
}

test.each(hidden.map((character) => [`U+${character.codePointAt(0)?.toString(16)}`, character]))('%s alone is not seen', (_, character) => {
	expect(isVisible(character)).toBe(false);
	expect(isVisible(character.repeat(40))).toBe(false);
});

test.each(seen)('%s is seen', (character) => {
	expect(isVisible(character)).toBe(true);
});

test('no mixture of what is not seen is a text, and with one character that is seen every one is', () => {
	const roll = dice(7);
	for (let count = 0; count < 2_000; count++) {
		const nothing = hostile(roll, [...hidden, ...blank]);
		expect(isVisible(nothing), JSON.stringify(nothing)).toBe(false);
		const at = roll(nothing.length + 1);
		const something = `${nothing.slice(0, at).toWellFormed()}${seen[roll(seen.length)]}${nothing.slice(at)}`;
		expect(isVisible(something), JSON.stringify(something)).toBe(true);
	}
});

describe('a text of which people see nothing', () => {
	test('counts as not given where one is required, in one word, in quotes and in all of the line', async () => {
		const roll = dice(11);
		for (let count = 0; count < 500; count++) {
			const nothing = hostile(roll, hidden);
			for (const line of [nothing, `"${nothing}"`, `"${nothing} ${nothing}"`]) {
				expect(await codeOf({ reason: text() }, line), JSON.stringify(line)).toBe('missing-argument');
				expect(await codeOf({ reason: rest() }, line), JSON.stringify(line)).toBe('missing-argument');
			}
			expect(await codeOf({ reason: rest() }, `${nothing} ${nothing}\n${nothing}`)).toBe('missing-argument');
		}
	});

	test('falls back where none is required', async () => {
		const options = { reason: optional(rest()), word: withDefault(text(), 'tea') };
		expect(await read(options, '\u200b')).toEqual({ reason: null, word: 'tea' });
		expect(await read({ word: withDefault(text(), 'tea'), reason: rest() }, '\u200b because')).toEqual({ word: 'tea', reason: 'because' });
	});

	test('means the same by slash', async () => {
		const { client, command } = fakeDiscord();
		const leaf = aLeaf({ options: { reason: rest(), note: optional(rest()) } });
		const asked = (texts: Record<string, string>) => readSlash(leaf, command(texts), plainContext);
		await expect(asked({ reason: '\u2800' })).rejects.toMatchObject({ context: { code: 'missing-argument', values: { name: 'reason' } } });
		expect(await asked({ reason: 'tea', note: '\u200b' })).toEqual({ reason: 'tea', note: null });
		await client.destroy();
	});

	test('is left as it was typed where something of it is seen', async () => {
		for (const line of ['a\u200bb', '👨‍👩‍👧', '\u202eabc']) expect(await read({ reason: rest() }, line)).toEqual({ reason: line });
	});
});
