import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { Cooldowns } from '#lib/commands/guards/cooldowns.js';
import { type GuardRequest, whereCalled } from '#lib/commands/guards/guardRequest.js';
import { explain, firstRefusal, type Guard, type GuardKit, type GuardName, guardOrder, guards } from '#lib/commands/guards/guards.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { aLeaf } from './support.js';

const { Administrator, BanMembers, EmbedLinks, ManageGuild, SendMessages, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;
const answering = ViewChannel | SendMessages | EmbedLinks;

function aKit(staff: { owners?: string[]; staff?: string[] } = {}): GuardKit {
	const keyValue = memoryKeyValue({ logger: { info: () => undefined, warn: () => undefined, error: () => undefined } });
	return {
		policies: new GuardPolicies(),
		cooldowns: new Cooldowns(keyValue, { now: () => 1_000_000 }),
		staff: { owners: new Set(staff.owners), staff: new Set(staff.staff) }
	};
}

function aRequest(given: Partial<GuardRequest> = {}): GuardRequest {
	return {
		leaf: aLeaf(),
		flow: 'prefix',
		userId: 'ana',
		guildId: 'g',
		guildOwnerId: 'owner',
		channelId: 'c',
		parentChannelId: null,
		roleIds: [],
		memberPermissions: 0n,
		botPermissions: answering,
		...given
	};
}

const check = async (name: GuardName, request: GuardRequest, kit = aKit()) =>
	(await (guards[name] as Guard).check(request, kit))?.code ?? null;

describe('the right place', () => {
	test.each([
		['guild', 'g', null],
		['guild', null, 'guild-only'],
		['dm', 'g', 'dm-only'],
		['dm', null, null],
		['both', 'g', null],
		['both', null, null]
	] as const)('a command for %s, called in %s: %s', async (where, guildId, expected) => {
		expect(await check('rightPlace', aRequest({ leaf: aLeaf({ where }), guildId }))).toBe(expected);
	});
});

describe('the caller', () => {
	const leaf = aLeaf({ permissions: { member: ['ManageGuild', 'BanMembers'] } });

	test('needs every permission, and hears of all that are missing', async () => {
		const answer = await guards.memberPermissions.check(aRequest({ leaf, memberPermissions: BanMembers }), aKit());
		expect(answer).toMatchObject({ code: 'missing-permissions', values: { permissions: 'ManageGuild' } });
		const both = await guards.memberPermissions.check(aRequest({ leaf }), aKit());
		expect(both?.values).toEqual({ permissions: 'BanMembers, ManageGuild' });
	});

	test.each([
		['holds them', { memberPermissions: ManageGuild | BanMembers }],
		['is an administrator', { memberPermissions: Administrator }],
		['owns the server', { userId: 'owner' }]
	])('passes who %s', async (_, given) => {
		expect(await check('memberPermissions', aRequest({ leaf, ...given }))).toBeNull();
	});

	test('is not asked for rights that count in another channel, nor is the bot; whoever only wants to know is told of them', async () => {
		const there = aLeaf({ permissions: { member: ['BanMembers'], bot: ['BanMembers'], elsewhere: true } });
		const request = aRequest({ leaf: there });
		for (const name of ['memberPermissions', 'botPermissions'] as const) expect(await check(name, whereCalled(request))).toBeNull();
		expect(await check('botPermissions', whereCalled({ ...request, botPermissions: 0n }))).toBe('bot-missing-permissions');
		expect(await check('memberPermissions', request)).toBe('missing-permissions');
		expect(await check('memberPermissions', whereCalled(aRequest({ leaf })))).toBe('missing-permissions');
	});

	test('who runs the bot has no rights in a server', async () => {
		expect(await check('memberPermissions', aRequest({ leaf, userId: 'boss' }), aKit({ owners: ['boss'] }))).toBe('missing-permissions');
	});

	test('of what belongs to the owner of the server alone, neither an administrator nor a fake permission is let in', async () => {
		const owners = aLeaf({ permissions: { guildOwner: true } });
		const kit = aKit({ owners: ['ana'] });
		kit.policies.registerPermissions(() => Administrator);
		expect(await check('memberPermissions', aRequest({ leaf: owners, memberPermissions: Administrator }), kit)).toBe('guild-owner-only');
		expect(await check('memberPermissions', aRequest({ leaf: owners, guildOwnerId: null }), kit)).toBe('guild-owner-only');
		expect(await check('memberPermissions', aRequest({ leaf: owners, userId: 'owner' }), kit)).toBeNull();
	});

	test('a permission that the bot alone gives counts, together with real ones', async () => {
		const kit = aKit();
		kit.policies.registerPermissions(({ userId }) => (userId === 'ana' ? BanMembers : 0n));
		expect(await check('memberPermissions', aRequest({ leaf, memberPermissions: ManageGuild }), kit)).toBeNull();
		expect(await check('memberPermissions', aRequest({ leaf, memberPermissions: ManageGuild, userId: 'ben' }), kit)).toBe(
			'missing-permissions'
		);
	});
});

describe('commands of those who run the bot', () => {
	const kit = aKit({ owners: ['owner-of-bot'], staff: ['helper'] });
	test.each([
		['staff', 'helper', null],
		['staff', 'owner-of-bot', null],
		['staff', 'ana', 'staff-only'],
		['owner', 'helper', 'staff-only'],
		['owner', 'owner-of-bot', null]
	] as const)('for %s, called by %s: %s', async (staff, userId, expected) => {
		expect(await check('staffOnly', aRequest({ leaf: aLeaf({ permissions: { staff } }), userId }), kit)).toBe(expected);
	});
});

describe('the bot', () => {
	test('by prefix it must be able to answer', async () => {
		const answer = await (guards.botPermissions as Guard).check(aRequest({ botPermissions: ViewChannel }), aKit());
		expect(answer?.values).toEqual({ permissions: 'SendMessages, EmbedLinks' });
	});

	test('in a thread it needs the right to write in threads, and that one alone', async () => {
		const inThread = (botPermissions: bigint) => aRequest({ channelId: 'thread', parentChannelId: 'c', botPermissions });
		expect(await check('botPermissions', inThread(ViewChannel | SendMessagesInThreads | EmbedLinks))).toBeNull();
		const answer = await (guards.botPermissions as Guard).check(inThread(answering), aKit());
		expect(answer?.values).toEqual({ permissions: 'SendMessagesInThreads' });
	});

	test('by slash Discord carries the answer', async () => {
		expect(await check('botPermissions', aRequest({ flow: 'slash', botPermissions: 0n }))).toBeNull();
	});

	test('needs what the command names', async () => {
		const leaf = aLeaf({ permissions: { bot: ['BanMembers'] } });
		expect(await check('botPermissions', aRequest({ leaf }))).toBe('bot-missing-permissions');
		expect(await check('botPermissions', aRequest({ leaf, botPermissions: answering | BanMembers }))).toBeNull();
	});
});

describe('all guards', () => {
	test('the first refusal is the answer, and what comes after it is not asked', async () => {
		const kit = aKit();
		kit.policies.register('notBlacklisted', () => ({ module: 'privacy', code: 'blacklisted' }));
		kit.policies.register('moduleEnabled', () => {
			throw new Error('must not be asked');
		});
		expect(await firstRefusal(guardOrder, aRequest(), kit)).toMatchObject({ code: 'blacklisted' });
	});

	test('a call that something else refuses uses no cooldown up', async () => {
		const kit = aKit();
		const refused = aRequest({ leaf: aLeaf({ permissions: { member: ['ManageGuild'] } }) });
		for (let call = 0; call < 10; call += 1) await firstRefusal(guardOrder, refused, kit);
		expect(await firstRefusal(guardOrder, aRequest(), kit)).toBeNull();
	});

	test('explaining asks a module what it would say, without its counting that as said', async () => {
		const kit = aKit();
		let told = 0;
		const answer = { module: 'access', code: 'blacklisted' };
		const tell = () => {
			told += 1;
			return answer;
		};
		kit.policies.register('notBlacklisted', tell, () => answer);
		const answers = await explain(aRequest(), kit);
		expect(answers.find(({ guard }) => guard === 'notBlacklisted')).toMatchObject({ answer });
		expect(told).toBe(0);
		await firstRefusal(guardOrder, aRequest(), kit);
		expect(told).toBe(1);
	});

	test('explaining names each guard and uses nothing up', async () => {
		const kit = aKit();
		for (let call = 0; call < 10; call += 1) await explain(aRequest(), kit);
		const answers = await explain(aRequest({ guildId: null }), kit);
		expect(answers.map(({ guard }) => guard)).toEqual(guardOrder);
		expect(answers.filter(({ answer }) => answer !== null).map(({ guard }) => guard)).toEqual(['rightPlace']);
	});
});
