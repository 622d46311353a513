import { describe, expect, test } from 'vitest';
import {
	longestTimeOutMs,
	lookAgainMs,
	needsRenewal,
	readRenewalKey,
	renewAfterMs,
	renewalKey,
	renewalOf,
	untilFor
} from '../../../src/modules/moderation/domain/mute.js';

const day = 86_400_000;
const now = 1_000 * day;

describe('a time-out', () => {
	test.each([
		['ends with its mute', now + day, now + day],
		['is as long as Discord allows, for a longer mute', now + 60 * day, now + longestTimeOutMs],
		['is as long as Discord allows, for a mute without an end', null, now + longestTimeOutMs]
	])('%s', (_, endsAt, until) => {
		expect(untilFor(endsAt, now)).toBe(until);
	});

	test.each([
		[27 * day, false],
		[28 * day, false],
		[28 * day + 1, true],
		[60 * day, true]
	])('of a mute of %i ms has to be renewed: %s', (lengthMs, needs) => {
		expect(needsRenewal(now + lengthMs, now)).toBe(needs);
	});
});

describe('a mute that is looked at', () => {
	const fresh = now + longestTimeOutMs;

	test.each([
		['is over: nothing', now, null, { do: 'nothing', lookAgainIn: null }],
		['its person is away: looked at again in a day', now + 50 * day, undefined, { do: 'nothing', lookAgainIn: lookAgainMs }],
		[
			'Discord ends it tomorrow: set again, and once more later',
			now + 50 * day,
			now + day,
			{ do: 'set', until: fresh, lookAgainIn: renewAfterMs }
		],
		['Discord ended it: set again', now + 50 * day, null, { do: 'set', until: fresh, lookAgainIn: renewAfterMs }],
		[
			'the rest fits one time-out: set for the last time',
			now + 10 * day,
			now + day,
			{ do: 'set', until: now + 10 * day, lookAgainIn: null }
		],
		['it was set a moment ago: nothing', now + 50 * day, fresh - 1_000, { do: 'nothing', lookAgainIn: renewAfterMs }],
		['the rest is there already: nothing', now + 10 * day, now + 10 * day, { do: 'nothing', lookAgainIn: null }]
	])('%s', (_, endsAt, timedOutUntil, expected) => {
		expect(renewalOf(endsAt, timedOutUntil, now)).toEqual(expected);
	});
});

test('the key of its timer names server and person, and nothing else is read as one', () => {
	expect(readRenewalKey(renewalKey('12', '34'))).toEqual({ guildId: '12', userId: '34' });
	for (const key of ['', '12', '12-', '12-x', '12-34-56', '123456789012345678901-1']) expect(readRenewalKey(key)).toBeNull();
});
