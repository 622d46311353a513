import { DiscordAPIError, type GuildMember, RESTJSONErrorCodes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { matchMembers, type Named, pickMember, userById } from '#lib/commands/options/members.js';
import type { ReadContext } from '#lib/commands/options/option.js';

const called = (username: string, ...shown: readonly (string | null)[]): Named => ({ username, shown });
const meant = (typed: string, people: readonly Named[]) => matchMembers(typed, people, (one) => one).map(({ username }) => username);

describe('who is meant by a name', () => {
	test('who is called so, and not who comes first of those whose name begins so', () => {
		expect(meant('bea', [called('beatrice'), called('bea')])).toEqual(['bea']);
		expect(meant('BEA', [called('beatrice'), called('bea')])).toEqual(['bea']);
	});

	test('who has it as his username, and not who gave it to himself', () => {
		expect(meant('bea', [called('rascal', 'bea'), called('bea', null)])).toEqual(['bea']);
	});

	test('who is shown with the whole of it, before those whose name begins so', () => {
		expect(meant('ann', [called('annika'), called('x', null, 'Ann')])).toEqual(['x']);
	});

	test('the only one whose name begins so', () => {
		expect(meant('beat', [called('beatrice')])).toEqual(['beatrice']);
	});

	test('any of several whom it fits as well', () => {
		expect(meant('be', [called('beatrice'), called('bea')])).toEqual(['beatrice', 'bea']);
		expect(meant('ann', [called('a', 'Ann'), called('b', 'ann')])).toEqual(['a', 'b']);
	});
});

describe('a person by an id', () => {
	const asked: string[] = [];
	const find = (typed: string, answer: () => Promise<unknown>) =>
		userById(typed, { client: Object({ users: { fetch: (id: string) => asked.push(id) && answer() } }) });
	const says = (status: number, code: number) => () =>
		Promise.reject(new DiscordAPIError({ code, message: 'No' }, code, status, 'GET', '/users/1', {}));

	test('is found by a mention or the id alone; a number that Discord cannot have given out is not asked for', async () => {
		const ana = { id: '200000000000000001' };
		for (const typed of [ana.id, `<@${ana.id}>`, `<@!${ana.id}>`]) expect(await find(typed, async () => ana)).toBe(ana);
		asked.length = 0;
		for (const typed of ['99999999999999999999', '12', 'ana', `<@${ana.id}`, `<#${ana.id}>`])
			expect(await find(typed, async () => ana)).toBeNull();
		expect(asked).toEqual([]);
	});

	test('is nobody where Discord knows nobody, and not where Discord does not answer', async () => {
		expect(await find('200000000000000001', says(404, RESTJSONErrorCodes.UnknownUser))).toBeNull();
		await expect(find('200000000000000001', says(500, 0))).rejects.toBeInstanceOf(DiscordAPIError);
	});
});

test('a name is not said to be nobody’s where Discord does not tell its members; it is waited for a few seconds', async () => {
	const asked: { time?: number }[] = [];
	const fetch = (wanted: { time?: number }) => asked.push(wanted) && Promise.reject(new Error('Nothing came'));
	const found = pickMember('bea', { guild: Object({ members: { fetch } }), choose: () => Promise.reject(new Error('No choice')) });
	await expect(found).rejects.toThrow('Nothing came');
	expect(asked[0]?.time).toBeLessThan(5_000);
});

describe('a member that the caller has to choose', () => {
	const person = (id: string, username: string, nickname: string | null = null) =>
		({ id, nickname, displayName: nickname ?? username, user: { username, globalName: null } }) as GuildMember;
	const where = (people: readonly GuildMember[], choose: ReadContext['choose'], typed = 'be') => {
		const fetch = async (asked: string | { query: string }) =>
			typeof asked === 'string' ? people.find(({ id }) => id === asked) : new Map(people.map((one) => [one.id, one]));
		return pickMember(typed, { guild: Object({ members: { fetch } }), choose });
	};
	const nobodyAsked: ReadContext['choose'] = async () => {
		throw new Error('There is nothing to choose');
	};
	const [bea, ben] = [person('200000000000000001', 'bea'), person('200000000000000002', 'ben', 'Bear')];

	test('is the chosen one, of those that fit', async () => {
		const member = await where([bea, ben], async ({ question, options }) => {
			expect(question).toBe('commands:choose.member');
			expect(options).toEqual([
				{ label: 'bea', value: bea.id },
				{ label: 'ben (Bear)', value: ben.id }
			]);
			return ben.id;
		});
		expect(member).toBe(ben);
	});

	test('more than one list shows: 25, and a word about the others', async () => {
		const many = Array.from({ length: 30 }, (_, index) => person(`2000000000000000${index + 10}`, `ben${index}`));
		await where(many, async ({ question, options }) => {
			expect(question).toBe('commands:choose.many-members');
			expect(options).toHaveLength(25);
			return many[0]?.id ?? '';
		});
	});

	test('is nobody for an empty name, which fits everybody', async () => {
		expect(await where([bea], nobodyAsked, '@')).toBeNull();
		expect(await where([bea], nobodyAsked, '')).toBeNull();
	});
});
