import { DiscordAPIError, HTTPError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { Markup, markup } from '#lib/core/markdown.js';
import { discordFailure, isDiscordAway } from '#lib/jobs/failure.js';
import { timeLeft } from '#lib/jobs/progress.js';
import { allFailed, eachOnce, recordOf } from '#lib/jobs/results.js';
import { readValues, storeValues } from '#lib/jobs/title.js';

const pace = { batch: 1, paceMs: 250 };

describe('the time that is left', () => {
	test('is what the pace allows while nothing was done', () => {
		expect(timeLeft({ total: 100, handled: 0 }, { since: 0, handled: 0 }, 0, pace)).toBe(25_000);
		expect(timeLeft({ total: 101, handled: 0 }, { since: 0, handled: 0 }, 9_000, { batch: 50, paceMs: 1_000 })).toBe(3_000);
	});

	test('follows what was done in this stretch alone', () => {
		expect(timeLeft({ total: 1_000, handled: 600 }, { since: 10_000, handled: 500 }, 110_000, pace)).toBe(400_000);
	});

	test('is never less than the pace allows, and nothing at the end', () => {
		expect(timeLeft({ total: 100, handled: 50 }, { since: 0, handled: 0 }, 10, pace)).toBe(12_500);
		expect(timeLeft({ total: 100, handled: 100 }, { since: 0, handled: 0 }, 10, pace)).toBe(0);
		expect(timeLeft({ total: 0, handled: 0 }, { since: 0, handled: 0 }, 10, pace)).toBe(0);
	});
});

describe('the results of a batch', () => {
	const items = [
		{ key: 'a', data: null, position: 4 },
		{ key: 'b', data: null, position: 7 }
	];

	test('are written to the items by their key', () => {
		const results = [{ key: 'b', state: 'failed', why: 'gone' } as const, { key: 'a', state: 'skipped' } as const];
		expect(recordOf(items, results)).toEqual([
			{ position: 4, state: 'skipped', why: null },
			{ position: 7, state: 'failed', why: 'gone' }
		]);
	});

	test('an item without a result failed, and a result without an item is nobody’s', () => {
		expect(
			recordOf(items, [
				{ key: 'a', state: 'done' },
				{ key: 'z', state: 'done' }
			])
		).toEqual([
			{ position: 4, state: 'done', why: null },
			{ position: 7, state: 'failed', why: 'unexpected' }
		]);
	});

	test('all of a batch can fail for one reason', () => {
		expect(recordOf(items, allFailed(items, 'limit')).map(({ why }) => why)).toEqual(['limit', 'limit']);
	});

	test('of two items with one key the first is taken', () => {
		expect(
			eachOnce([
				{ key: 'a', n: 1 },
				{ key: 'b', n: 2 },
				{ key: 'a', n: 3 }
			])
		).toEqual([
			{ key: 'a', n: 1 },
			{ key: 'b', n: 2 }
		]);
	});
});

describe('an error of Discord', () => {
	const refused = (status: number, code: number) =>
		new DiscordAPIError({ code, message: 'no' }, code, status, 'PUT', 'https://discord.com/api', {});
	const line = (code: string) => Object.assign(new Error('broken'), { code });

	test.each([
		['a server error', refused(503, 0)],
		['an answer that is none', new HTTPError(502, 'Bad Gateway', 'PUT', 'https://discord.com/api', {})],
		['too many requests', refused(429, 0)],
		['a token that no longer counts', refused(401, 0)],
		['a time-out', Object.assign(new Error('late'), { name: 'AbortError' })],
		['a broken line', line('ECONNRESET')],
		['a socket of undici', line('UND_ERR_SOCKET')],
		['what is wrapped once more', new TypeError('fetch failed', { cause: line('ENOTFOUND') })]
	])('%s means that Discord is away, and is thrown on', (_, error) => {
		expect(isDiscordAway(error)).toBe(true);
		expect(() => discordFailure(error)).toThrow(error);
	});

	test.each([
		[50013, 'missing-permissions'],
		[10007, 'unknown-member'],
		[10008, 'gone'],
		[30005, 'limit'],
		[50035, 'refused']
	])('%i is why an item failed: %s', (code, why) => {
		expect(discordFailure(refused(403, code))).toBe(why);
	});

	test('a fault of ours is none', () => {
		expect(discordFailure(new Error('oops'))).toBeNull();
		expect(isDiscordAway('oops')).toBe(false);
	});
});

test('a title keeps its values and what of them is markup, and leaves out what it never wrote', () => {
	const values = { role: markup('<@&1>'), name: '*ana*', count: 3 };
	const stored: unknown = JSON.parse(JSON.stringify(storeValues(values)));
	expect(readValues(stored)).toEqual(values);
	expect(readValues(stored)['role']).toBeInstanceOf(Markup);
	expect(readValues({ ok: 'yes', odd: { html: '<b>' }, list: [1], none: null })).toEqual({ ok: 'yes' });
	expect(readValues(null)).toEqual({});
});
