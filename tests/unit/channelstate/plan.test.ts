import { describe, expect, test } from 'vitest';
import { isPublic, permissionsIn, type Standing } from '#lib/core/standing.js';
import { withLayer, withoutLayer } from '#modules/channelstate/domain/layers.js';
import { type LayerKind, permission } from '#modules/channelstate/domain/permissions.js';
import { layersOf, overwriteOf, planLayers } from '#modules/channelstate/domain/plan.js';
import type { ChannelFacts } from '#modules/channelstate/domain/standing.js';
import { aBot, aChannel, botId, dice, everybody, guildId, overwrite, someBits } from './support.js';

const { AddReactions, Administrator, AttachFiles, Connect, CreatePrivateThreads, ManageRoles, SendMessages, ViewChannel } = permission;

const plan = (channel: ChannelFacts, bot: Standing, kind: LayerKind = 'send') =>
	planLayers({ channel, bot, layers: [], kind, subject: everybody, gives: false });

describe('what somebody may in a channel', () => {
	test.each([
		['what his roles allow', [], ViewChannel, true],
		['not what is denied to everybody', [overwrite(guildId, { deny: SendMessages })], SendMessages, false],
		[
			'what is denied to everybody and allowed to a role of his',
			[overwrite(guildId, { deny: SendMessages }), overwrite('70', { allow: SendMessages })],
			SendMessages,
			true
		],
		[
			'what is denied to one role and allowed to another',
			[overwrite('70', { deny: SendMessages }), overwrite('71', { allow: SendMessages })],
			SendMessages,
			true
		],
		[
			'nothing by a role that he has not',
			[overwrite(guildId, { deny: SendMessages }), overwrite('72', { allow: SendMessages })],
			SendMessages,
			false
		],
		[
			'what he himself is denied never',
			[overwrite('71', { allow: SendMessages }), overwrite(botId, { deny: SendMessages }, true)],
			SendMessages,
			false
		],
		['no pictures where he cannot write', [overwrite(guildId, { deny: SendMessages })], AttachFiles, false],
		['nothing at all where he sees nothing', [overwrite(guildId, { deny: ViewChannel })], SendMessages, false]
	])('%s', (_, overwrites, bit, expected) => {
		expect((permissionsIn(aBot({ roleIds: ['70', '71'] }), aChannel({ overwrites })) & bit) !== 0n).toBe(expected);
	});

	test('has no power over a voice channel that he cannot join', () => {
		const overwrites = [overwrite(guildId, { deny: Connect })];
		expect(permissionsIn(aBot(), aChannel({ overwrites, type: 2 })) & ManageRoles).toBe(0n);
		expect(permissionsIn(aBot(), aChannel({ overwrites, type: 0 })) & ManageRoles).toBe(ManageRoles);
	});

	test('an administrator and the owner everything', () => {
		const overwrites = [overwrite(guildId, { deny: -1n & someBits })];
		expect(permissionsIn(aBot({ permissions: Administrator }), aChannel({ overwrites })) & SendMessages).toBe(SendMessages);
		expect(permissionsIn(aBot({ permissions: 0n, isOwner: true }), aChannel({ overwrites })) & SendMessages).toBe(SendMessages);
	});

	test('a channel is public by the roles and the overwrite of everybody', () => {
		expect(isPublic(aBot(), [])).toBe(true);
		expect(isPublic(aBot(), [overwrite(guildId, { deny: ViewChannel })])).toBe(false);
		expect(isPublic(aBot({ everyone: SendMessages }), [])).toBe(false);
		expect(isPublic(aBot({ everyone: 0n }), [overwrite(guildId, { allow: ViewChannel })])).toBe(true);
	});
});

describe('a lock', () => {
	test('by an administrator touches nothing but the overwrite of everybody', () => {
		const planned = plan(aChannel(), aBot({ permissions: Administrator }));
		expect(planned.ok && planned.value.map(({ subject }) => subject)).toEqual([everybody]);
	});

	test('gives the bot first what it would lose', () => {
		const planned = plan(aChannel(), aBot());
		if (!planned.ok) throw new Error(planned.code);
		expect(planned.value.map(({ subject, gives }) => ({ subject, gives }))).toEqual([
			{ subject: { id: botId, isMember: true }, gives: true },
			{ subject: everybody, gives: false }
		]);
	});

	test('gives nothing where the bot has it by its own role', () => {
		const overwrites = [overwrite('70', { allow: someBits })];
		const planned = plan(aChannel({ overwrites }), aBot());
		expect(planned.ok && planned.value.map(({ subject }) => subject)).toEqual([everybody]);
	});

	test('changes only bits that the bot holds', () => {
		const planned = plan(aChannel(), aBot());
		if (!planned.ok) throw new Error(planned.code);
		expect((planned.value.at(-1)?.bits ?? 0n) & CreatePrivateThreads).toBe(0n);
		const all = plan(aChannel(), aBot({ permissions: aBot().permissions | CreatePrivateThreads }));
		expect(all.ok && (all.value.at(-1)?.bits ?? 0n) & CreatePrivateThreads).toBe(CreatePrivateThreads);
	});

	test('needs not hold what is denied to everybody already', () => {
		const planned = plan(aChannel({ overwrites: [overwrite(guildId, { deny: SendMessages })] }), aBot());
		if (!planned.ok) throw new Error(planned.code);
		expect((planned.value.at(-1)?.bits ?? 0n) & (SendMessages | AddReactions)).toBe(AddReactions);
	});

	test.each([
		['a category', aChannel({ type: 4 }), aBot(), { code: 'wrong-channel' }],
		['a thread', aChannel({ type: 11 }), aBot(), { code: 'wrong-channel' }],
		[
			'a channel that the bot cannot change',
			aChannel(),
			aBot({ permissions: SendMessages | ViewChannel }),
			{ code: 'bot-cannot-edit', values: { permissions: 'ManageRoles' } }
		],
		[
			'a channel that the bot cannot see',
			aChannel({ overwrites: [overwrite(guildId, { deny: ViewChannel })] }),
			aBot(),
			{ code: 'bot-cannot-edit' }
		],
		[
			'a channel in which the bot cannot write',
			aChannel({ overwrites: [overwrite('70', { deny: SendMessages })] }),
			aBot(),
			{ code: 'bot-lacks', values: { permissions: 'SendMessages' } }
		],
		[
			'a channel in which all is denied',
			aChannel({ overwrites: [overwrite(guildId, { deny: someBits })] }),
			aBot({ permissions: Administrator }),
			{ code: 'nothing-changes' }
		]
	])('is refused for %s', (_, channel, bot, expected) => {
		expect(plan(channel, bot)).toMatchObject({ ok: false, ...expected });
	});
});

/** Discord, as far as overwrites go: nobody sets bits that he lacks. */
function put(
	channel: ChannelFacts,
	bot: Standing,
	id: string,
	isMember: boolean,
	target: { allow: bigint; deny: bigint } | null
): ChannelFacts {
	const held = permissionsIn(bot, channel);
	const before = overwriteOf(channel, { id }) ?? { allow: 0n, deny: 0n };
	const after = target ?? { allow: 0n, deny: 0n };
	const changed = (before.allow ^ after.allow) | (before.deny ^ after.deny);
	if ((changed & ~held) !== 0n || (held & (ManageRoles | ViewChannel)) !== (ManageRoles | ViewChannel))
		throw new Error('Missing Permissions');
	const others = channel.overwrites.filter((one) => one.id !== id);
	return { ...channel, overwrites: target === null ? others : [...others, { id, isMember, ...target }] };
}

test('lock, hide, open and show again in any order: Discord never says no, the bot is never shut out, and all is as it was', () => {
	let tried = 0;
	for (let seed = 1; seed <= 800; seed += 1) {
		const { bits, chance, pick, shuffle } = dice(seed);
		const bot = aBot({ permissions: chance(0.2) ? Administrator : aBot().permissions | (chance(0.5) ? CreatePrivateThreads : 0n) });
		const ids = [guildId, '70', '71', botId].filter(() => chance(0.5));
		const original = aChannel({
			type: pick([0, 2, 5, 13, 15, 16]),
			overwrites: ids.map((id) => ({ id, isMember: id === botId, ...bits(someBits) }))
		});
		let channel = original;
		let layers: ReturnType<typeof layersOf> = [];
		for (const kind of shuffle(['send', 'view'] as const)) {
			const mayWrite = permissionsIn(bot, channel) & SendMessages;
			const planned = planLayers({ channel, bot, layers, kind, subject: everybody, gives: false });
			if (!planned.ok) continue;
			tried += 1;
			for (const layer of planned.value) {
				const target = withLayer(overwriteOf(channel, layer.subject), layer, layersOf(layers, layer.subject));
				channel = put(channel, bot, layer.subject.id, layer.subject.isMember, target);
			}
			layers = [...layers, ...planned.value];
			expect(permissionsIn(bot, channel) & SendMessages, `seed ${seed}`).toBe(mayWrite);
		}
		for (const kind of shuffle(['send', 'view'] as const)) {
			for (const layer of layers.filter((one) => one.kind === kind).reverse()) {
				const others = layersOf(layers, layer.subject).filter((one) => one.kind !== kind);
				const { target, changedByHand } = withoutLayer(overwriteOf(channel, layer.subject), layer, others);
				expect(changedByHand, `seed ${seed}`).toBe(0n);
				channel = put(channel, bot, layer.subject.id, layer.subject.isMember, target);
			}
			layers = layers.filter((one) => one.kind !== kind);
		}
		const sorted = ({ overwrites }: ChannelFacts) => [...overwrites].sort((left, right) => (left.id < right.id ? -1 : 1));
		expect(sorted(channel), `seed ${seed}`).toEqual(sorted(original));
	}
	expect(tried).toBeGreaterThan(400);
});
