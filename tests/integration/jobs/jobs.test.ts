import { DiscordAPIError, type RESTJSONErrorCodes } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FinishedJob, ItemResult, JobItem, JobKind } from '#lib/jobs/types.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { FakeClock } from '../../support/fakeClock.js';
import {
	aJob,
	FakePace,
	type JobsProcess,
	jobChannel,
	jobGuild,
	jobMessage,
	jobRoute,
	jobsProcess,
	person
} from '../../support/jobsProcess.js';

const minute = 60_000;
let scratch: TestDatabase;
let clock: FakeClock;
/** What was done, in order. */
let poured: string[];
const running: JobsProcess[] = [];

beforeAll(async () => {
	scratch = await testDatabase();
});
beforeEach(async () => {
	clock = new FakeClock(Date.UTC(2026, 0, 1, 12));
	poured = [];
	const { prisma } = await scratch.open();
	await prisma.guild.deleteMany();
	await prisma.scheduledTask.deleteMany();
	await prisma.guild.create({ data: { guildId: BigInt(jobGuild), joinedAt: new Date() } });
});
afterEach(async () => {
	for (const process of running.splice(0)) await process.close();
});
afterAll(() => scratch[Symbol.asyncDispose]());

const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 15_000, interval: 10 });
const done = (items: readonly JobItem[]): ItemResult[] => items.map(({ key }) => ({ key, state: 'done' }));
const pour = async (items: readonly JobItem[]) => {
	poured.push(...items.map((item) => item.key));
	return done(items);
};

async function bot(over: Partial<JobKind> = {}, pace = new FakePace()): Promise<JobsProcess> {
	const tea: JobKind = { kind: 'tea.all', module: 'jobs', run: pour, ...over };
	const process = await jobsProcess({ scratch, clock, pace, kinds: [tea, { ...tea, kind: 'cake.all' }] });
	running.push(process);
	return process;
}

async function started(process: JobsProcess, count: number, over: Parameters<typeof aJob>[1] = {}) {
	const outcome = await process.jobs.start(aJob(count, over));
	if (!outcome.ok) throw new Error(outcome.code);
	await process.jobs.showIn(outcome.value.id, jobMessage);
	return outcome.value;
}

const ended = (process: JobsProcess, id: number, what: object) =>
	until(async () => {
		expect(await process.jobs.find(id)).toMatchObject(what);
		expect(await process.database.prisma.scheduledTask.count()).toBe(0);
	});

const refused = (status: number, code: RESTJSONErrorCodes | 0) =>
	new DiscordAPIError({ code, message: 'no' }, code, status, 'PUT', 'https://discord.com/api', {});

describe('starting', () => {
	test('of two at once for one kind and server one begins, and the others are told', async () => {
		const [one, other] = [await bot(), await bot()];
		const outcomes = await Promise.all([one.jobs.start(aJob(3)), other.jobs.start(aJob(3)), one.jobs.start(aJob(3))]);
		expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
		expect(outcomes.filter((outcome) => !outcome.ok)).toEqual(Array(2).fill({ ok: false, code: 'job-running' }));
		expect(await one.jobs.running(jobGuild)).toHaveLength(1);
		expect(await one.database.prisma.scheduledTask.count()).toBe(1);
		expect((await one.jobs.start(aJob(1, { kind: 'cake.all' }))).ok).toBe(true);
	});

	test('what belongs to it is written with it or not at all', async () => {
		const process = await bot();
		const failing = process.jobs.start(aJob(2), () => Promise.reject(new Error('no room')));
		await expect(failing).rejects.toThrow('no room');
		expect(await process.jobs.running(jobGuild)).toEqual([]);
		expect(await process.database.prisma.scheduledTask.count()).toBe(0);
	});

	test('every item is done once, in order, with its data, and the message says so at the end', async () => {
		const seen: JobItem[] = [];
		const process = await bot({
			run(items) {
				seen.push(...items);
				return pour(items);
			}
		});
		const items = [{ key: person(2), data: { nick: 'a\u00e9' } }, { key: person(1) }, { key: person(2), data: 'again' }];
		const job = await started(process, 0, { items, payload: { role: '5' } });
		expect(job).toMatchObject({ total: 2, payload: { role: '5' }, state: 'running', title: { key: 'jobs:cancel', values: {} } });
		process.run();
		await ended(process, job.id, { state: 'done', done: 2, failed: 0, skipped: 0, endedAt: clock.now() });
		expect(seen.map(({ key, data }) => ({ key, data }))).toEqual([items[0], { key: person(1), data: null }]);
		expect(process.edits).toHaveLength(1);
		expect(process.edits[0]).toMatchObject({ route: jobRoute, file: null, body: { components: [], allowed_mentions: { parse: [] } } });
		expect((await process.jobs.start(aJob(1))).ok).toBe(true);
	});

	test('one without items ends at once', async () => {
		const process = await bot();
		process.run();
		const job = await started(process, 0);
		await ended(process, job.id, { state: 'done', total: 0 });
	});

	test('one that ends before its message is known still shows its end there', async () => {
		const process = await bot();
		process.run();
		const outcome = await process.jobs.start(aJob(1));
		if (!outcome.ok) throw new Error(outcome.code);
		await ended(process, outcome.value.id, { state: 'done' });
		expect(process.edits).toEqual([]);
		await process.jobs.showIn(outcome.value.id, jobMessage);
		expect(process.edits).toHaveLength(1);
	});
});

describe('the pace', () => {
	test('one write a quarter of a second, slices of 20 seconds, and the message every five seconds at most', async () => {
		const pace = new FakePace();
		const process = await bot({}, pace);
		const job = await started(process, 100);
		process.run();
		await ended(process, job.id, { state: 'done', done: 100 });
		expect(pace.waits).toEqual(Array(100).fill(250));
		expect(process.slices).toEqual([{ later: 0 }, 'done']);
		const fields = process.edits.map(({ body }) => JSON.stringify(body['embeds']));
		// After 5, 10, 15 and 20 seconds, and at the end. To begin with, 79 are left.
		expect(fields.map((text) => /"Done","value":"(\d+)"/.exec(text)?.[1])).toEqual(['21', '41', '61', '81', '100']);
		expect(fields[0]).toContain(`<t:${clock.now() / 1000 + 19}:R>`);
	});

	test('a kind has its own: batches, and the time between two', async () => {
		const pace = new FakePace();
		const sizes: number[] = [];
		const run = async (items: readonly JobItem[]) => {
			sizes.push(items.length);
			return done(items);
		};
		const process = await bot({ batch: 200, paceMs: 1_000, run }, pace);
		const job = await started(process, 450);
		process.run();
		await ended(process, job.id, { done: 450 });
		expect(sizes).toEqual([200, 200, 50]);
		expect(pace.waits).toEqual([1_000, 1_000, 1_000]);
	});
});

describe('two processes and crashes', () => {
	/** The lease of a process that is gone has ended. */
	const leaseOver = (process: JobsProcess) =>
		process.database.prisma.$executeRaw`UPDATE scheduled_task SET leased_until = clock_timestamp() - interval '1 second'`;

	test('killed half-way, another process does the rest, and what was under way again', async () => {
		const killed = await bot({ run: (items) => (items[0]?.key === person(3) ? new Promise(() => undefined) : pour(items)) });
		const job = await started(killed, 5);
		killed.run();
		await until(async () => expect(await killed.jobs.find(job.id)).toMatchObject({ done: 2 }));
		await killed.timers.close(0);
		await leaseOver(killed);
		const next = await bot();
		next.run();
		await ended(next, job.id, { state: 'done', done: 5, failed: 0 });
		expect(poured).toEqual([1, 2, 3, 4, 5].map(person));
	});

	test('a batch that two processes do counts once, and the end comes once', async () => {
		const { promise: released, resolve: release } = Promise.withResolvers<void>();
		const ends: string[] = [];
		const finish = async () => void ends.push('end');
		const slow = await bot({ finish, run: (items) => (items[0]?.key === person(2) ? released.then(() => pour(items)) : pour(items)) });
		const job = await started(slow, 3);
		slow.run();
		await until(async () => expect(await slow.jobs.find(job.id)).toMatchObject({ done: 1 }));
		await slow.timers.close(0);
		await leaseOver(slow);
		const quick = await bot({ finish });
		quick.run();
		await ended(quick, job.id, { state: 'done', done: 3 });
		release();
		await until(() => expect(poured).toEqual([1, 2, 3, 2].map(person)));
		expect(await quick.jobs.find(job.id)).toMatchObject({ state: 'done', done: 3, failed: 0 });
		expect(ends).toEqual(['end']);
	});

	test('what comes after the end is done again when the process was killed before it', async () => {
		const told: string[] = [];
		const killed = await bot({ finished: () => new Promise(() => undefined) });
		const job = await started(killed, 1);
		killed.run();
		await until(async () => expect(await killed.jobs.find(job.id)).toMatchObject({ state: 'done' }));
		await killed.timers.close(0);
		await leaseOver(killed);
		const next = await bot({ finished: async ({ state }) => void told.push(state) });
		next.run();
		await ended(next, job.id, { state: 'done', done: 1 });
		expect(told).toEqual(['done']);
		expect(poured).toEqual([person(1)]);
	});

	test('a process that is told to end stops after the batch under way', async () => {
		const process = await bot({
			run(items) {
				process.jobs.close();
				return pour(items);
			}
		});
		const job = await started(process, 5);
		process.run();
		await until(() => expect(process.slices).toEqual([{ later: 1_000 }]));
		clock.advance(1_000);
		await until(() => expect(process.slices).toHaveLength(2));
		await process.timers.close(1_000);
		expect(await process.jobs.find(job.id)).toMatchObject({ state: 'running', done: 1 });
	});
});

describe('stopping', () => {
	const actor = { guildId: jobGuild, userId: person(901) };

	test('another process stops it after the batch under way; what was done stays, and the end is told once', async () => {
		const ends: FinishedJob[] = [];
		const other = await bot();
		const process = await bot({
			finish: async (_, job) => void ends.push(job),
			async run(items) {
				if (items[0]?.key === person(2)) expect((await other.jobs.cancel(job.id, actor)).ok).toBe(true);
				return pour(items);
			}
		});
		const job = await started(process, 5);
		process.run();
		await ended(process, job.id, { state: 'cancelled', done: 2, cancellerId: actor.userId });
		expect(ends).toHaveLength(1);
		expect(ends[0]).toMatchObject({ state: 'cancelled', done: 2, endedAt: clock.now() });
		expect(await process.jobs.items(job.id, 'pending')).toHaveLength(3);
		expect(JSON.stringify(process.edits.at(-1)?.body)).toContain(`Stopped by <@${actor.userId}>`);
		expect(await process.jobs.cancel(job.id, actor)).toEqual({ ok: false, code: 'over' });
	});

	test('one that waits for Discord ends at once', async () => {
		const process = await bot({ run: () => Promise.reject(refused(503, 0)) });
		const job = await started(process, 2);
		process.run();
		await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: 1 }));
		await process.jobs.cancel(job.id, actor);
		await ended(process, job.id, { state: 'cancelled', done: 0 });
	});

	test('pressed twice it stops once; an id of another server is nobody’s', async () => {
		const process = await bot();
		const job = await started(process, 2);
		expect(await process.jobs.cancel(job.id, { ...actor, guildId: '100000000000000002' })).toEqual({ ok: false, code: 'unknown' });
		expect(await process.jobs.cancel(3_000_000_000, actor)).toEqual({ ok: false, code: 'unknown' });
		const presses = await Promise.all([process.jobs.cancel(job.id, actor), process.jobs.cancel(job.id, actor)]);
		expect(presses.filter(({ ok }) => ok)).toHaveLength(1);
		expect(presses).toContainEqual({ ok: false, code: 'stopping' });
	});

	test('all of one family in a server at once', async () => {
		const process = await bot();
		const tea = await started(process, 2);
		await started(process, 2, { kind: 'cake.all' });
		expect((await process.jobs.cancelRunning(jobGuild, person(1), 'tea.')).map(({ id }) => id)).toEqual([tea.id]);
		expect(await process.jobs.cancelRunning(jobGuild, person(1), 'tea.')).toEqual([]);
		expect(await process.jobs.cancelRunning('100000000000000002', person(1))).toEqual([]);
		expect(await process.jobs.cancelRunning(jobGuild, person(1))).toHaveLength(1);
	});
});

describe('what goes wrong', () => {
	test('what Discord refuses costs one item, what is our fault is reported besides, and a file says why', async () => {
		const faults: Record<string, Error> = { [person(1)]: refused(403, 50013), [person(3)]: new Error('oops') };
		const process = await bot({
			async run([item]) {
				if (item === undefined) return [];
				const fault = faults[item.key];
				if (fault) throw fault;
				if (item.key === person(4)) return [{ key: item.key, state: 'failed', why: 'above-me' }];
				return [{ key: item.key, state: item.key === person(2) ? 'skipped' : 'done' }];
			}
		});
		const job = await started(process, 5);
		process.run();
		await ended(process, job.id, { state: 'done', done: 1, skipped: 1, failed: 3 });
		expect(process.faults).toEqual([faults[person(3)]]);
		expect(process.edits.at(-1)?.file).toBe(
			[
				`${person(1)}  ana  I lack a permission, or it stands above me`,
				`${person(3)}  something went wrong`,
				`${person(4)}  stands above me or at my level`,
				''
			].join('\n')
		);
	});

	test('while Discord is away nothing is lost: it waits longer each time, and goes on where it was', async () => {
		let away = 3;
		const process = await bot({
			run: (items) => (items[0]?.key === person(2) && away-- > 0 ? Promise.reject(refused(502, 0)) : pour(items))
		});
		const job = await started(process, 3);
		process.run();
		for (const [attempts, wait] of [minute, 5 * minute, 30 * minute].entries()) {
			await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: attempts + 1, done: 1 }));
			await until(() => expect(JSON.stringify(process.edits.at(-1)?.body)).toContain(`<t:${(clock.now() + wait) / 1000}:R>`));
			clock.advance(wait);
		}
		await ended(process, job.id, { state: 'done', done: 3, attempts: 0 });
		expect(poured).toEqual([1, 2, 3].map(person));
	});

	test('a try that brought it on a little makes the failed ones good: the next outage has all its tries again', async () => {
		const calls = ['away', 'away', 'away', 'away', 'there', 'away'];
		const process = await bot({ run: (items) => (calls.shift() === 'away' ? Promise.reject(refused(502, 0)) : pour(items)) });
		const job = await started(process, 3);
		process.run();
		for (const [attempts, wait] of [minute, 5 * minute, 30 * minute, 120 * minute].entries()) {
			await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: attempts + 1, done: 0 }));
			clock.advance(wait);
		}
		await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: 1, done: 1, state: 'running' }));
		clock.advance(minute);
		await ended(process, job.id, { state: 'done', done: 3, attempts: 0 });
	});

	test('when Discord stays away the rest is given up, and the kind is free again', async () => {
		const ends: FinishedJob[] = [];
		const process = await bot({
			finish: async (_, job) => void ends.push(job),
			run: (items) => (items[0]?.key === person(1) ? pour(items) : Promise.reject(refused(500, 0)))
		});
		const job = await started(process, 4);
		process.run();
		for (const [attempts, wait] of [minute, 5 * minute, 30 * minute, 120 * minute].entries()) {
			await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: attempts + 1 }));
			clock.advance(wait);
		}
		await ended(process, job.id, { state: 'failed', done: 1, failed: 3 });
		expect(ends).toMatchObject([{ state: 'failed', failed: 3 }]);
		expect(process.edits.at(-1)?.file?.split('\n')[0]).toBe(`${person(2)}  Discord did not answer`);
		expect((await process.jobs.start(aJob(1))).ok).toBe(true);
	});

	test('a module that cannot do its part at the end is asked again, and then left out', async () => {
		let tries = 0;
		const process = await bot({
			finish() {
				tries++;
				return Promise.reject(new Error('no'));
			}
		});
		const job = await started(process, 1);
		process.run();
		for (const [attempts, wait] of [minute, 5 * minute, 30 * minute, 120 * minute].entries()) {
			await until(async () => expect(await process.jobs.find(job.id)).toMatchObject({ attempts: attempts + 1, state: 'running' }));
			clock.advance(wait);
		}
		await ended(process, job.id, { state: 'done', done: 1, failed: 0 });
		expect(tries).toBe(5);
	});

	test('one whose timer was given up stands in nobody’s way', async () => {
		const process = await bot();
		const stranded = await started(process, 3);
		await process.database.prisma.scheduledTask.updateMany({ data: { failedAt: new Date() } });
		const outcomes = await Promise.all([process.jobs.start(aJob(1)), process.jobs.start(aJob(1))]);
		expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
		expect(await process.jobs.find(stranded.id)).toMatchObject({ state: 'failed', failed: 3 });
	});

	test('in a server that the bot has left it ends', async () => {
		const process = await bot();
		const job = await started(process, 2);
		await process.database.prisma.guild.updateMany({ data: { leftAt: new Date() } });
		process.run();
		await ended(process, job.id, { state: 'cancelled', done: 0 });
		expect(poured).toEqual([]);
	});

	test('a message that is gone is left alone, and the work goes on', async () => {
		const process = await bot();
		const job = await started(process, 90);
		process.discord.fault = refused(404, 10008);
		process.run();
		await ended(process, job.id, { state: 'done', done: 90, messageId: null });
		expect(process.edits).toEqual([]);
		expect(process.faults).toEqual([]);
	});

	test('whose starter died before it was known where it is shown says its end in a message of its own, once', async () => {
		const starter = await bot();
		const outcome = await starter.jobs.start(aJob(2));
		if (!outcome.ok) throw new Error(outcome.code);
		await starter.close();
		const heir = await bot({ run: async (items) => items.map(({ key }) => ({ key, state: 'failed', why: 'gone' })) });
		heir.run();
		await until(async () => expect(await heir.jobs.find(outcome.value.id)).toMatchObject({ state: 'done', failed: 2 }));
		// The starter may only have been slow.
		expect(heir.edits).toEqual([]);
		clock.advance(minute);
		await ended(heir, outcome.value.id, { state: 'done', messageId: jobMessage });
		expect(heir.edits).toHaveLength(1);
		expect(heir.edits[0]).toMatchObject({ route: `/channels/${jobChannel}/messages`, body: { nonce: `job-${outcome.value.id}` } });
		expect(heir.edits[0]?.file).toContain('200000000000000001');
	});

	test('whose message somebody deleted says no end', async () => {
		const starter = await bot();
		const job = await started(starter, 1);
		starter.discord.fault = refused(404, 10008);
		starter.run();
		await ended(starter, job.id, { state: 'done', messageId: null, isHidden: true });
		expect(starter.edits).toEqual([]);
	});

	test('an end that Discord could not be told is told later', async () => {
		const process = await bot();
		const job = await started(process, 1);
		process.discord.fault = refused(503, 0);
		process.run();
		await until(() => expect(process.slices).toEqual(['retry']));
		process.discord.fault = null;
		await until(async () => expect(await process.database.prisma.scheduledTask.findFirst()).toMatchObject({ attempts: 1 }));
		clock.advance(minute);
		await ended(process, job.id, { state: 'done', done: 1 });
		expect(process.edits).toHaveLength(1);
	});
});
