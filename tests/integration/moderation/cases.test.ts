import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { type DueTimer, LeaseLost } from '#lib/timers/types.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';
import { FakeClock } from '../../support/fakeClock.js';
import { guildId, moderationProcess, SharedDiscord } from './_process.js';

let scratch: TestDatabase;
let db: PrismaClient;
let discord: SharedDiscord;
let clock: FakeClock;
const open: { timers: { close(graceMs: number): Promise<void> } }[] = [];

beforeAll(async () => {
	scratch = await testDatabase();
	db = (await scratch.open()).prisma;
});
beforeEach(async () => {
	await db.guild.deleteMany();
	await db.scheduledTask.deleteMany();
	discord = new SharedDiscord();
	clock = new FakeClock(Date.UTC(2026, 0, 1));
});
afterEach(async () => {
	for (const { timers } of open.splice(0)) await timers.close(1_000);
});
afterAll(() => scratch[Symbol.asyncDispose]());

async function process() {
	const one = moderationProcess(await scratch.open(), discord, clock);
	open.push(one);
	return one;
}

const person = (index: number) => String(300_000_000_000_000_000n + BigInt(index));
const cases = () => db.moderationCase.findMany({ orderBy: { number: 'asc' } });
const types = async () => (await cases()).map(({ type, state }) => `${type} ${state}`);

test('100 concurrent bans in one guild produce 100 cases numbered without gap or double', async () => {
	const processes = [await process(), await process()];
	const people = Array.from({ length: 100 }, (_, index) => person(index));
	const outcomes = await Promise.all(people.map((id, index) => processes[index % 2]?.perform('ban', id, { reason: `raid ${index}` })));
	expect(outcomes.every((outcome) => outcome?.ok)).toBe(true);
	const rows = await cases();
	expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
	expect(new Set(rows.map(({ userId }) => `${userId}`))).toEqual(new Set(people));
	expect(discord.bans.size).toBe(100);
	expect(await db.scheduledTask.count({ where: { kind: 'moderationFinish' } })).toBe(0);
});

test('of two cases of one kind about one person, written by two processes at the same moment, one counts', async () => {
	const processes = [await process(), await process()];
	const recordings = processes.map(({ actions, moderation }, index) => {
		const action = actions.get('mute');
		if (action === null) throw new Error('There is no mute');
		const order = moderation.orderOf({
			type: 'mute',
			guildId,
			targetId: person(1),
			actorId: '2',
			durationMs: 60_000,
			key: `order ${index}`
		});
		return { order, action, botId: '8', now: clock.now() };
	});
	const written = Promise.withResolvers<void>();
	const mayCommit = Promise.withResolvers<void>();
	const [first, second] = processes.map(({ hub, cases }, index) =>
		hub.writeAll(async (tx, change) => {
			const recording = recordings[index];
			if (index === 1) await written.promise;
			if (recording) await cases.record(tx, recording, change);
			if (index === 1) return;
			written.resolve();
			await mayCommit.promise;
		})
	);
	await eventually('the second waits for the first', async () => {
		const [waiting] = await db.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock'`;
		return waiting?.count === 1n;
	});
	mayCommit.resolve();
	await Promise.all([first, second]);
	expect(await types()).toEqual(['mute superseded', 'mute active']);
});

test('what follows from warnings happens once, with two processes at it', async () => {
	const [first, second] = [await process(), await process()];
	await first.warnings.changeThresholds({ guildId, actorId: '2', now: clock.now() }, () => ({
		ok: true,
		value: [{ count: 3, action: 'mute', durationSeconds: 3_600, windowSeconds: null }]
	}));
	await Promise.all([first, second, first].map((one) => one.perform('warn', person(1))));
	first.escalates();
	second.escalates();
	await eventually('nothing is due', async () => (await db.scheduledTask.count({ where: { kind: 'moderationEscalate' } })) === 0);
	expect(await types()).toEqual(['warn active', 'warn active', 'warn active', 'mute active']);
	expect((await cases())[3]).toMatchObject({ parentNumber: 3, reason: '3 warnings', moderatorId: 8n });
	expect(discord.deeds).toEqual([`time-out ${person(1)}`]);
});

test('a process that dies after Discord did it and before the case was written leaves one case all the same', async () => {
	const first = await process();
	await first.warnings.changeThresholds({ guildId, actorId: '2', now: clock.now() }, () => ({
		ok: true,
		value: [{ count: 1, action: 'ban', durationSeconds: null, windowSeconds: null }]
	}));
	await first.perform('warn', person(1));
	const dead = Promise.withResolvers<never>();
	discord.afterDeed = () => dead.promise;
	first.escalates();
	await eventually('it is done in Discord', () => discord.bans.has(person(1)));
	expect(await types()).toEqual(['warn active']);
	// Its lease ends; whoever is left takes it up.
	discord.afterDeed = async () => undefined;
	await db.$executeRaw`UPDATE scheduled_task SET leased_until = NULL, lease_token = NULL`;
	const second = await process();
	second.escalates();
	await eventually(
		'nothing is due',
		async () => (await db.scheduledTask.count({ where: { kind: { in: ['moderationEscalate', 'moderationFinish'] } } })) === 0
	);
	expect(await types()).toEqual(['warn active', 'ban active']);
	expect(discord.deeds).toEqual([`ban ${person(1)}`]);
	dead.reject(new Error('It is dead'));
});

test('an entry of the audit log makes one case, in however many processes and however often it comes', async () => {
	const processes = [await process(), await process()];
	await processes[0]?.perform('ban', person(1), { durationMs: 3_600_000 });
	const entry = {
		...{ id: '500000000000000001', guildId, executorId: '4', targetId: person(1), reason: 'by hand', at: clock.now() },
		deed: { kind: 'unban' as const }
	};
	await Promise.all(Array.from({ length: 8 }, (_, index) => processes[index % 2]?.byHand.onEntry(entry)));
	expect(await types()).toEqual(['ban undone', 'unban active']);
	expect(await db.scheduledTask.count({ where: { kind: 'moderationExpire' } })).toBe(0);
	await processes[0]?.perform('warn', person(2));
	expect((await cases()).map(({ number }) => number)).toEqual([1, 2, 3]);
});

test('the end of a case and its timer move together; of two changes at once one stays', async () => {
	const [first, second] = [await process(), await process()];
	await first.perform('mute', person(1), { durationMs: 3_600_000 });
	const hour = 3_600_000;
	await Promise.all([first.duration(1, 2 * hour), second.duration(1, 3 * hour)]);
	const [one] = await cases();
	const timer = await db.scheduledTask.findFirstOrThrow({ where: { kind: 'moderationExpire' } });
	expect(timer.dueAt).toEqual(one?.expiresAt);
	clock.advance(4 * hour);
	expect(await first.duration(1, 9 * hour)).toMatchObject({ ok: false, code: 'not-active' });
});

test('where the message of a case is stays known when the case changed while it was posted, so that the next run changes it', async () => {
	const { perform, cases: repository } = await process();
	await perform('warn', person(1), { reason: 'spam' });
	const one = await repository.find(guildId, 1);
	if (one === null) throw new Error('There is no case');
	const timer = await db.scheduledTask.findFirstOrThrow({ where: { kind: 'moderationLog' } });
	const lost: DueTimer = {
		...{ kind: timer.kind, key: timer.key, guildId, dueAt: timer.dueAt.getTime(), payload: {}, attempts: 0 },
		finish: () => Promise.reject(new LeaseLost(timer.kind, timer.key)),
		moveTo: () => Promise.reject(new LeaseLost(timer.kind, timer.key))
	};
	await expect(repository.posted(one, { channelId: '5', messageId: '6' }, lost)).rejects.toBeInstanceOf(LeaseLost);
	expect((await repository.find(guildId, 1))?.log).toEqual({ channelId: '5', messageId: '6' });
	// Who had read it before that, and was slower, does not put another one in its place.
	await expect(repository.posted(one, { channelId: '5', messageId: '7' }, lost)).rejects.toBeInstanceOf(LeaseLost);
	expect((await repository.find(guildId, 1))?.log).toEqual({ channelId: '5', messageId: '6' });
});

test('reasons are changed together, each with its event; a deleted case is left alone, and its number never given again', async () => {
	const one = await process();
	for (const index of [1, 2, 3]) await one.perform('warn', person(index), { reason: `old ${index}` });
	const editor = { guildId, actorId: '2', now: clock.now() };
	expect(await one.edits.delete(editor, 2, async () => undefined)).toBe('deleted');
	const edited = await one.edits.reason(editor, { kind: 'numbers', from: 1, to: 9 }, 'new');
	expect(edited.map(({ number, before }) => [number, before])).toEqual([
		[1, 'old 1'],
		[3, 'old 3']
	]);
	expect((await cases()).map(({ reason }) => reason)).toEqual(['new', 'old 2', 'new']);
	expect(await db.caseEvent.count({ where: { kind: 'reason', before: { startsWith: 'old' }, after: 'new' } })).toBe(2);
	await one.perform('note', person(1), { reason: 'staff only' });
	expect((await one.edits.reason(editor, { kind: 'latest' }, 'newest')).map(({ number }) => number)).toEqual([3]);
	expect((await cases()).map(({ number }) => number)).toEqual([1, 2, 3, 4]);
});
