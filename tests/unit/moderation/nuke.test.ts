import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import { describe, expect, test } from 'vitest';
import type { Standing } from '#lib/core/standing.js';
import {
	canNuke,
	clonesOf,
	doublesOf,
	hasRoom,
	lackingFor,
	type NukedChannel,
	type Place,
	placeBehind,
	readNuke,
	rememberNuke
} from '#modules/moderation/domain/nuke.js';
import type { Order } from '#modules/moderation/domain/order.js';
import type { NukeDiscord } from '#modules/moderation/ports.js';
import { Nuke } from '#modules/moderation/service/nuke.js';

const bit = {
	administrator: 1n << 3n,
	manageChannels: 1n << 4n,
	manageGuild: 1n << 5n,
	view: 1n << 10n,
	manageRoles: 1n << 28n,
	send: 1n << 11n
};

function aChannel(change: Partial<NukedChannel> = {}): NukedChannel {
	return {
		...{ id: '20', guildId: '1', type: 0, name: 'general', parentId: null, position: 2, overwrites: [], topic: null },
		...{ nsfw: false, slowmode: 0, archiveAfter: null, threadSlowmode: 0, voice: null, forum: null },
		...change
	};
}

function aPlace(id: string, change: Partial<Place> = {}): Place {
	return { id, type: 0, name: `channel-${id}`, parentId: null, position: Number(id), hasMessages: false, ...change };
}

const aBot = (permissions: bigint): Standing => ({ guildId: '1', userId: '8', isOwner: false, roleIds: [], everyone: 0n, permissions });

describe('what the bot lacks for it', () => {
	const enough = bit.view | bit.manageChannels;
	const set = (allow: bigint, deny = 0n) => ({ type: 0, overwrites: [{ id: '5', isMember: false, allow, deny }] });

	test.each([
		['nothing', enough, aChannel(), [], 0n],
		['to manage channels', bit.view, aChannel(), [], bit.manageChannels],
		[
			'to manage the channel, where that is taken from it',
			enough,
			{ type: 0, overwrites: [{ id: '1', isMember: false, allow: 0n, deny: bit.manageChannels }] },
			[],
			bit.manageChannels
		],
		['to manage the server, when that needs the channel', enough, aChannel(), ['rules'], bit.manageGuild],
		['what it would set for others', enough, set(bit.send), [], bit.send],
		['what it would take from others', enough, set(0n, bit.send), [], bit.send],
		['to be an administrator, to let others manage permissions', enough | bit.manageRoles, set(bit.manageRoles), [], bit.administrator],
		['nothing as an administrator', bit.administrator, set(bit.manageRoles | bit.send), ['rules'], 0n]
	] as const)('%s', (_, held, channel, uses, lacking) => {
		expect(lackingFor(aBot(held), channel, uses)).toBe(lacking);
	});
});

test('what stands for itself and a bot can make is nuked: no category, no thread, no media channel', () => {
	expect([0, 2, 4, 5, 10, 11, 12, 13, 15, 16].filter(canNuke)).toEqual([0, 2, 5, 13, 15]);
});

test('there has to be room for a second one beside it', () => {
	const many = (count: number, parentId: string | null) => Array.from({ length: count }, (_, index) => aPlace(String(index), { parentId }));
	expect([hasRoom(many(499, null), null), hasRoom(many(500, null), null)]).toEqual([true, false]);
	expect([hasRoom(many(49, '9'), '9'), hasRoom(many(50, '9'), '9'), hasRoom(many(50, '9'), '8')]).toEqual([true, false, true]);
});

describe('the clone is known', () => {
	const channel = aChannel({ parentId: '9' });
	const alike = { name: 'general', parentId: '9' };
	const before = [aPlace('20', alike), aPlace('21', alike), aPlace('22', { ...alike, type: 5 }), aPlace('23', { name: 'general' })];
	const memory = readNuke(rememberNuke(channel, before));

	test('from everything that was there before, and from what looks different', () => {
		expect(memory.twins).toEqual(['21']);
		const after = [...before, aPlace('31', alike), aPlace('30', alike), aPlace('32', { ...alike, name: 'genera1' })];
		expect(clonesOf(after, '20', memory, '[a]', new Map()).map(({ id }) => id)).toEqual(['30', '31']);
	});

	test('from what somebody else made at the same time, where the audit log can be read', () => {
		const after = [...before, aPlace('30', alike), aPlace('31', alike), aPlace('32', alike)];
		const made = new Map([
			['30', ''],
			['31', '[b] | mod'],
			['32', '[a] | mod']
		]);
		expect(clonesOf(after, '20', memory, '[a]', made).map(({ id }) => id)).toEqual(['32']);
	});

	test('from its doubles, which are empty and of the same minute; what somebody made later is left alone', () => {
		const idAt = (seconds: number) => String(BigInt(seconds * 1_000) << 22n);
		const clones = [aPlace(idAt(500)), aPlace(idAt(530)), aPlace(idAt(531), { hasMessages: true }), aPlace(idAt(900))];
		expect(doublesOf(clones, idAt(500))).toEqual([idAt(530)]);
	});

	test('after it was kept as text and read again', () => {
		expect(readNuke(JSON.parse(JSON.stringify({ ...rememberNuke(channel, before), clone: '30' })))).toEqual({ ...memory, cloneId: '30' });
		expect(readNuke({})).toEqual({ name: '', type: 0, parentId: null, twins: [], cloneId: null });
	});
});

describe('the place behind the old one', () => {
	const rowOf = (places: readonly Place[]) =>
		places.toSorted((left, right) => left.position - right.position || Number(left.id) - Number(right.id)).map(({ id }) => id);
	const moved = (places: readonly Place[]) => {
		const moves = placeBehind(places, '20', '90');
		return places.map((place) => ({ ...place, position: moves.find(({ id }) => id === place.id)?.position ?? place.position }));
	};

	test('needs nobody to move, as a rule', () => {
		expect(placeBehind([aPlace('10'), aPlace('20'), aPlace('30'), aPlace('90', { position: 20 })], '20', '90')).toEqual([]);
	});

	test('is given by moving those that share its position', () => {
		const places = [
			aPlace('20', { position: 1 }),
			aPlace('30', { position: 1 }),
			aPlace('40', { position: 2 }),
			aPlace('90', { position: 1 })
		];
		expect(placeBehind(places, '20', '90')).toEqual([{ id: '30', position: 2 }]);
		expect(rowOf(moved(places))).toEqual(['20', '90', '30', '40']);
	});

	test('is right wherever Discord put the clone, and other categories and voice channels stay', () => {
		for (let seed = 0; seed < 200; seed += 1) {
			const die = (sides: number, salt: number) => ((seed + 1) * 7919 * (salt + 3)) % sides;
			const others = Array.from({ length: 6 }, (_, index) =>
				aPlace(String(10 + index * 4 + die(3, index)), {
					position: die(4, index * 5),
					type: die(5, index) === 0 ? 2 : 0,
					parentId: die(7, index) === 0 ? '5' : null
				})
			).filter(({ id }) => id !== '20');
			const places = [...others, aPlace('20', { position: die(4, 1) }), aPlace('90', { position: die(4, 2) })];
			const inRow = (all: readonly Place[]) => rowOf(all.filter(({ type, parentId }) => type === 0 && parentId === null));
			const without = inRow(places.filter(({ id }) => id !== '90'));
			expect(inRow(moved(places))).toEqual(without.flatMap((id) => (id === '20' ? ['20', '90'] : [id])));
			const apart = others.filter(({ type, parentId }) => type !== 0 || parentId !== null);
			expect(placeBehind(places, '20', '90').filter(({ id }) => apart.some((place) => place.id === id))).toEqual([]);
			expect(placeBehind(moved(places), '20', '90')).toEqual([]);
		}
	});
});

const refusal = (code: number) =>
	new DiscordAPIError({ message: 'no', code }, code, 403, 'PATCH', 'https://discord.test', { files: undefined, body: undefined });

/** A server in memory, whose bot may be stopped after so many changes. */
function aServer({ stopAfter = Number.POSITIVE_INFINITY, refuses = [] as readonly string[], twice = false } = {}) {
	const channels = new Map<string, NukedChannel & { hasMessages: boolean }>([['20', { ...aChannel(), hasMessages: true }]]);
	const state = {
		...{ channels, rules: '20', exempt: '20', onboarding: '20', webhooks: new Map([['w', '20']]), settings: '20', said: [] as string[] },
		...{ kept: null as Order | null, steps: [] as string[], left: stopAfter, next: 100 }
	};
	const made = new Map<string, string>();
	/** Done, but whoever did it may not live to hear of it. */
	const change = async (name: string, work: () => void) => {
		if (refuses.includes(name)) throw refusal(RESTJSONErrorCodes.MissingPermissions);
		work();
		state.steps.push(name);
		state.left -= 1;
		if (state.left === 0) throw new Error('killed');
	};
	const add = (channel: NukedChannel, reason: string) => {
		const id = String(state.next++);
		channels.set(id, { ...channel, id, hasMessages: false });
		made.set(id, reason);
		return id;
	};
	const discord: NukeDiscord = {
		channel: async (_guildId, channelId) => channels.get(channelId) ?? null,
		places: async () => [...channels.values()],
		standing: async () => aBot(bit.administrator),
		namesOf: String,
		serverUses: async (_guildId, channelId) => (state.rules === channelId ? ['rules'] : []),
		moveServerUses: (_guildId, from, to) =>
			change('server', () => {
				if (state.rules === from) state.rules = to;
			}),
		wideUses: async () => ({ autoMod: 0, onboarding: false }),
		async moveAutoMod(_guildId, from, to) {
			if (state.exempt === from) await change('automod', () => void Object.assign(state, { exempt: to }));
		},
		async moveOnboarding(_guildId, from, to) {
			if (state.onboarding === from) await change('onboarding', () => void Object.assign(state, { onboarding: to }));
		},
		moveTalkers: async () => undefined,
		requireTags: async () => undefined,
		threads: async () => 0,
		webhooks: async (channelId) => [...state.webhooks].filter(([, at]) => at === channelId).map(([id]) => id),
		moveWebhook: (id, to) => change('webhook', () => void state.webhooks.set(id, to)),
		madeChannels: async () => made,
		async create(channel, reason) {
			let id = '';
			await change('create', () => {
				if (twice) add(channel, reason);
				id = add(channel, reason);
			});
			return id;
		},
		arrange: () => change('arrange', () => undefined),
		remove: (channelId) =>
			change('remove', () => {
				channels.delete(channelId);
				for (const [id, at] of state.webhooks) if (at === channelId) state.webhooks.delete(id);
			}),
		sayFirst: (channelId, { key }) =>
			change('say', () => {
				if (!state.said.includes(key)) state.said.push(key);
				const channel = channels.get(channelId);
				if (channel) channel.hasMessages = true;
			})
	};
	const nuke = new Nuke({
		discord,
		uses: async () => [],
		follow: ({ from, to }) =>
			change('follow', () => {
				if (state.settings === from) state.settings = to;
			}),
		note: (order) =>
			change('note', () => {
				state.kept = order;
			}),
		botId: () => '8',
		log: { warn: () => undefined }
	});
	return { state, channels, nuke };
}

const anOrder: Order = {
	...{ key: '3f2a9c1b-0000', type: 'nuke', guildId: '1', targetId: null, channelId: '20', actorId: '2', reason: null, durationMs: null },
	...{ parentNumber: null, details: {}, at: 0 }
};

async function checkedOrder({ nuke }: ReturnType<typeof aServer>): Promise<Order> {
	const checked = await nuke.check(anOrder);
	if (!checked.ok) throw new Error(checked.code);
	return { ...anOrder, details: checked.value };
}

describe('a channel is made anew', () => {
	test('once, with everything that named it, wherever it is cut short and gone on with', async () => {
		for (let stopAfter = 1; ; stopAfter += 1) {
			const server = aServer({ stopAfter });
			const { nuke, state, channels } = server;
			state.kept = await checkedOrder(server);
			const ended = await nuke.carryOut(state.kept, 'why').catch((error: Error) => error.message);
			state.left = Number.POSITIVE_INFINITY;
			if (ended === 'killed') {
				expect(await nuke.isBegun(state.kept)).toBe(true);
				await nuke.carryOut(state.kept, 'why');
			}
			const [clone, ...others] = channels.keys();
			expect([clone === '20', others]).toEqual([false, []]);
			const named = [state.rules, state.settings, state.exempt, state.onboarding, ...state.webhooks.values()];
			expect(named).toEqual([clone, clone, clone, clone, clone]);
			expect(state.said).toEqual([anOrder.key]);
			expect(state.steps.filter((step) => step === 'create')).toHaveLength(1);
			if (ended !== 'killed') {
				expect(state.steps).toEqual(['create', 'note', 'follow', 'server', 'automod', 'onboarding', 'webhook', 'remove', 'say']);
				return;
			}
		}
	});

	test('is not begun before there is a clone', async () => {
		const server = aServer();
		expect(await server.nuke.isBegun(await checkedOrder(server))).toBe(false);
	});

	test('in one channel, though Discord made two of one request', async () => {
		const server = aServer({ twice: true });
		await server.nuke.carryOut(await checkedOrder(server), 'why');
		expect(server.channels.size).toBe(1);
	});

	test('to the end, when Discord refuses something after the clone is there; what was refused is told', async () => {
		const server = aServer({ refuses: ['webhook', 'remove', 'server', 'automod', 'onboarding', 'say'] });
		const details = await server.nuke.carryOut(await checkedOrder(server), 'why');
		expect(details).toEqual({ clone: '100', left: '20', webhooksLost: 1 });
		expect(server.state.settings).toBe('100');
	});

	test('not at all, when Discord refuses the clone', async () => {
		const server = aServer({ refuses: ['create'] });
		await expect(server.nuke.carryOut(await checkedOrder(server), 'why')).rejects.toThrow('no');
		expect([...server.channels.keys()]).toEqual(['20']);
		expect(server.state.settings).toBe('20');
	});

	test('again, when somebody deleted the clone before it was finished', async () => {
		const server = aServer({ stopAfter: 2 });
		const { nuke, state, channels } = server;
		state.kept = await checkedOrder(server);
		await expect(nuke.carryOut(state.kept, 'why')).rejects.toThrow('killed');
		channels.delete('100');
		state.left = Number.POSITIVE_INFINITY;
		expect(await nuke.carryOut(state.kept, 'why')).toEqual({ clone: '101' });
		expect([...channels.keys()]).toEqual(['101']);
		expect(state.settings).toBe('101');
	});

	test.each([
		['a channel that is gone', { channelId: '21' }, 'nuke-no-channel'],
		['no channel', { channelId: null }, 'nuke-no-channel']
	])('but not %s', async (_, change, code) => {
		expect(await aServer().nuke.check({ ...anOrder, ...change })).toMatchObject({ ok: false, code });
	});
});
