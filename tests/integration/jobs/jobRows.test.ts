import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { JobRows } from '#lib/jobs/jobRows.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import { aJob, type JobsProcess, jobGuild, jobsProcess, person } from '../../support/jobsProcess.js';

const day = 86_400_000;
let scratch: TestDatabase;
let clock: FakeClock;
let process: JobsProcess;
let rows: JobRows;

beforeAll(async () => {
	scratch = await testDatabase();
	clock = new FakeClock(Date.UTC(2026, 0, 1, 12));
	process = await jobsProcess({ scratch, clock, kinds: [{ kind: 'tea.all', module: 'jobs', run: async () => [] }] });
	rows = new JobRows(process.database);
});
beforeEach(async () => {
	const { prisma } = process.database;
	await prisma.guild.deleteMany();
	await prisma.guild.create({ data: { guildId: BigInt(jobGuild), joinedAt: new Date() } });
});
afterAll(async () => {
	await process.close();
	await scratch[Symbol.asyncDispose]();
});

async function started(count: number, over: Parameters<typeof aJob>[1] = {}): Promise<number> {
	const outcome = await process.jobs.start(aJob(count, over));
	if (!outcome.ok) throw new Error(outcome.code);
	return outcome.value.id;
}

const end = (id: number) => process.database.transaction((tx) => rows.end(tx, id, { state: 'done', now: clock.now() }));
const personTable = () => {
	const [table] = process.privacy.persons;
	if (table?.retention === undefined) throw new Error('Nothing is registered');
	return { ...table, retention: table.retention };
};

test('a hundred thousand items are written within the time of one transaction', async () => {
	const start = performance.now();
	const id = await started(100_000);
	const seconds = (performance.now() - start) / 1000;
	// 15 s are what a transaction may take.
	expect(seconds).toBeLessThan(15);
	expect(await rows.find(id)).toMatchObject({ total: 100_000 });
	const last = await rows.pending(id, 99_998, 10);
	expect(last.map(({ key }) => key)).toEqual([person(99_999), person(100_000)]);
	const given = await process.database.transaction((tx) =>
		rows.end(tx, id, { state: 'failed', now: clock.now(), restFails: 'discord-away' })
	);
	expect(given).toMatchObject({ failed: 100_000 });
}, 60_000);

describe('results', () => {
	const results = [
		{ position: 1, state: 'done', why: null },
		{ position: 2, state: 'failed', why: 'gone' },
		{ position: 3, state: 'skipped', why: null }
	] as const;

	test('written by two at once count once', async () => {
		const id = await started(4);
		await Promise.all([rows.record(id, results), rows.record(id, results), rows.record(id, results.slice(1))]);
		expect(await rows.find(id)).toMatchObject({ done: 1, failed: 1, skipped: 1 });
		expect(await rows.items(id, 'failed', {})).toEqual([{ key: person(2), data: null, why: 'gone' }]);
		expect((await rows.pending(id, 0, 10)).map(({ position }) => position)).toEqual([4]);
	});

	test('of a job that has ended are not written', async () => {
		const id = await started(4);
		await end(id);
		expect(await rows.record(id, results)).toBeNull();
		expect(await rows.find(id)).toMatchObject({ done: 0 });
	});

	test('an end at the same time comes once', async () => {
		const id = await started(1);
		const ends = await Promise.all([end(id), end(id), end(id)]);
		expect(ends.filter((one) => one !== null)).toHaveLength(1);
	});
});

describe('persons', () => {
	const other = person(950);

	test('see what they started or stopped and what was done about them', async () => {
		const id = await started(2, { actorId: other, payload: { secret: 'of the server' } });
		await process.jobs.cancel(id, { guildId: jobGuild, userId: person(951) });
		await rows.record(id, [{ position: 2, state: 'failed', why: 'gone' }]);
		const { export: read } = personTable();
		expect(await read(other)).toMatchObject([{ kind: 'tea.all', actorId: BigInt(other) }]);
		expect(JSON.stringify(await read(other), (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain('secret');
		expect(await read(person(951))).toMatchObject([{ cancellerId: 951n + 200_000_000_000_000_000n }]);
		expect(await read(person(2))).toMatchObject([{ state: 'failed', why: 'gone', job: { kind: 'tea.all' } }]);
		expect(await read(person(3))).toEqual([]);
	});

	test('are taken out; what is still to be done about them stays until then', async () => {
		const over = await started(2, { actorId: other });
		await process.jobs.cancel(over, { guildId: jobGuild, userId: other });
		await end(over);
		const now = await started(2);
		const { erase } = personTable();
		const erased = (userId: string) => process.database.transaction((tx) => erase(tx, userId, async () => undefined));
		expect(await erased(other)).toEqual({ erased: 2 });
		expect(await rows.find(over)).toMatchObject({ actorId: '0', cancellerId: '0' });
		expect(await erased(person(1))).toEqual({ erased: 1, kept: { count: 1, reason: 'jobs:kept' } });
		expect(await rows.items(over, 'pending', {})).toHaveLength(1);
		expect(await rows.items(now, 'pending', {})).toHaveLength(2);
	});

	test('a week after its end a job is deleted, its items in pieces before it', async () => {
		const old = await started(25);
		await end(old);
		const before = clock.now() + 1;
		clock.advance(day);
		const young = await started(1);
		await end(young);
		const live = await started(1);
		const { retention } = personTable();
		expect(retention.days).toBe(7);
		expect(await retention.purge(before, 10)).toBe(10);
		expect(await retention.purge(before, 10)).toBe(10);
		expect(await rows.find(old)).not.toBeNull();
		expect(await retention.purge(before, 10)).toBe(6);
		expect(await rows.find(old)).toBeNull();
		expect(await rows.find(young)).not.toBeNull();
		expect(await rows.find(live)).not.toBeNull();
	});
});
