import { describe, expect, test } from 'vitest';
import { type Ban, counts, judgePerson, judgeServer } from '#modules/access/domain.js';

const crew = { owners: new Set(['owner']), staff: new Set(['staff', 'second']) };
const now = 1_000_000;
const ban = (until: number | null): Ban => ({ reason: null, since: 0, until });

describe('a ban', () => {
	test.each([
		['that has no end counts', ban(null), true],
		['counts until its end', ban(now + 1), true],
		['ends at its end', ban(now), false],
		['that is long over does not count', ban(1), false],
		['that does not exist does not count', null, false]
	] as const)('%s', (_, one, expected) => {
		expect(counts(one, now)).toBe(expected);
	});
});

describe('who can be put on the blacklist', () => {
	test.each([
		['a plain person can', 'ana', false, null],
		['the one who asks cannot', 'staff', false, 'yourself'],
		['an owner of the bot cannot', 'owner', false, 'crew'],
		['another of the staff cannot', 'second', false, 'crew'],
		['a bot cannot', 'robot', true, 'bot']
	] as const)('%s', (_, userId, isBot, expected) => {
		const judged = judgePerson({ actorId: 'staff', userId, isBot }, crew);
		expect(judged.ok ? null : judged.code).toBe(expected);
	});
});

describe('a server that the bot is added to', () => {
	test.each([
		['keeps it while there is no gate', null, false, false, 'stay'],
		['keeps it when it was let in', null, true, true, 'stay'],
		['loses it when it was not let in', null, false, true, 'unauthorised'],
		['loses it when it is on the blacklist, let in or not', ban(null), true, true, 'blacklisted'],
		['keeps it when its ban is over', ban(now), false, false, 'stay']
	] as const)('%s', (_, one, authorised, gated, expected) => {
		expect(judgeServer(one, authorised, gated, now)).toBe(expected);
	});
});
