import { expect, test } from 'vitest';
import type { ServedShard } from '#modules/house/domain.js';
import { GuildPresence } from '#modules/house/service.js';
import { FakeClock } from '../../support/fakeClock.js';

const shard: ServedShard = { shardCount: 1, shardId: 0 };
const guild = (guildId: string, joinedAt: number | null = 5) => ({ guildId, joinedAt });

/** Rows as the database would hold them; `leftAt: null` is present. Fails as often as `failures` says. */
function make() {
	const rows = new Map<string, { joinedAt: number; leftAt: number | null }>();
	const calls: string[] = [];
	const warmed: string[][] = [];
	const state = { failures: 0, beforeAnswer: async (): Promise<void> => undefined };
	const ask = async (call: string): Promise<void> => {
		calls.push(call);
		await state.beforeAnswer();
		if (state.failures > 0) {
			state.failures -= 1;
			throw new Error('away');
		}
	};
	const clock = new FakeClock(1_000);
	const presence = new GuildPresence({
		clock,
		guilds: {
			async markPresent(guilds) {
				await ask('present');
				for (const { guildId, joinedAt } of guilds) rows.set(guildId, { joinedAt: rows.get(guildId)?.joinedAt ?? joinedAt, leftAt: null });
			},
			async markLeft(guilds) {
				await ask('left');
				for (const { guildId, leftAt } of guilds) {
					const row = rows.get(guildId);
					if (row && row.leftAt === null) row.leftAt = leftAt;
				}
			},
			async markLeftExcept(present, { shardCount, shardId }, leftAt) {
				await ask('except');
				for (const [guildId, row] of rows) {
					const isOfShard = (BigInt(guildId) >> 22n) % BigInt(shardCount) === BigInt(shardId);
					if (isOfShard && !present.includes(guildId) && row.leftAt === null) row.leftAt = leftAt;
				}
				return [];
			},
			leftBefore: async () => [],
			removeLeft: async () => false
		},
		settings: {
			warmUp: async (guildIds) => {
				warmed.push([...guildIds]);
				return true;
			},
			guildJoined: (guildId) => calls.push(`join ${guildId}`),
			guildLeft: (guildId) => calls.push(`leave ${guildId}`)
		},
		untilDone: async (work) => {
			for (;;) {
				try {
					await work();
					return true;
				} catch {
					await Promise.resolve();
				}
			}
		}
	});
	return { presence, rows, calls, warmed, state, clock };
}

/** Does something while the first statement is under way; nobody waits for it there. */
function once(work: () => Promise<void>): () => Promise<void> {
	let done = false;
	return async () => {
		await Promise.resolve();
		if (done) return;
		done = true;
		void work();
	};
}

test('READY stores all servers with one statement, warms their settings, and marks the others as left', async () => {
	const { presence, rows, calls, warmed } = make();
	rows.set('9', { joinedAt: 1, leftAt: null });
	await presence.onShardReady([guild('1'), guild('2', null)], shard);
	expect(calls).toEqual(['present', 'except']);
	expect(warmed).toEqual([['1', '2']]);
	expect(Object.fromEntries(rows)).toEqual({
		1: { joinedAt: 5, leftAt: null },
		2: { joinedAt: 1_000, leftAt: null },
		9: { joinedAt: 1, leftAt: 1_000 }
	});
});

test('shards that come together while storage is away mark each what was left of its own servers; a new session marks what was left since', async () => {
	const { presence, rows, state } = make();
	const ofShard = (shardId: number, nth = 0) => String(BigInt(nth * 3 + shardId) << 22n);
	const told = (shardId: number, ...ids: string[]) =>
		presence.onShardReady(
			ids.map((id) => guild(id)),
			{ shardCount: 3, shardId }
		);
	const [here, there, left, other] = [ofShard(1), ofShard(2), ofShard(1, 1), ofShard(0, 1)];
	for (const guildId of [left, other]) rows.set(guildId, { joinedAt: 1, leftAt: null });
	state.failures = 2;
	await Promise.all([told(1, here), told(2, there)]);
	const leftNow = () => [...rows].filter(([, { leftAt }]) => leftAt !== null).map(([guildId]) => guildId);
	expect(leftNow()).toEqual([left]);
	await told(1);
	expect(leftNow().sort()).toEqual([left, here].sort());
});

test('a server that comes back keeps the time it was first joined', async () => {
	const { presence, rows } = make();
	await presence.onJoined(guild('1', 5));
	await presence.onLeft('1');
	expect(rows.get('1')).toEqual({ joinedAt: 5, leftAt: 1_000 });
	await presence.onJoined(guild('1', 900));
	expect(rows.get('1')).toEqual({ joinedAt: 5, leftAt: null });
});

test('what was told while storage was away is stored when it is back', async () => {
	const { presence, rows, state } = make();
	state.failures = 3;
	await presence.onShardReady([guild('1')], shard);
	expect(rows.get('1')).toEqual({ joinedAt: 5, leftAt: null });
});

test('a server joined while READY is being stored is not marked as left', async () => {
	const { presence, rows, state } = make();
	state.beforeAnswer = once(() => presence.onJoined(guild('late')));
	await presence.onShardReady([guild('1')], shard);
	expect(rows.get('late')).toEqual({ joinedAt: 5, leftAt: null });
});

test('joined and left again before it could be stored ends as left', async () => {
	const { presence, rows, state } = make();
	rows.set('1', { joinedAt: 5, leftAt: null });
	state.beforeAnswer = once(() => presence.onLeft('1'));
	await presence.onJoined(guild('1'));
	expect(rows.get('1')?.leftAt).toBe(1_000);
});

test('what is told at any moment around the end of a saving is stored', async () => {
	for (let ticks = 0; ticks < 40; ticks += 1) {
		const { presence, rows } = make();
		const first = presence.onJoined(guild('1'));
		for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
		await Promise.all([first, presence.onJoined(guild('2'))]);
		expect([...rows.keys()]).toEqual(['1', '2']);
	}
});

test('settings in memory follow at once', async () => {
	const { presence, calls } = make();
	await presence.onJoined(guild('1'));
	await presence.onLeft('1');
	expect(calls.filter((call) => call.startsWith('join') || call.startsWith('leave'))).toEqual(['join 1', 'leave 1']);
});
