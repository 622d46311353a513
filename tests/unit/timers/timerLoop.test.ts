import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { TimerLoop } from '#lib/timers/timerLoop.js';
import { type DueTimer, LeaseLost, type TimerResult, type TimerRunner } from '#lib/timers/types.js';
import { FakeClock } from '../../support/fakeClock.js';
import { FakeTimerQueue } from '../../support/fakeTimerQueue.js';
import { RecordingTimerLog } from '../../support/recordingTimerLog.js';

const minute = 60_000;

let clock: FakeClock;
let queue: FakeTimerQueue;
let log: RecordingTimerLog;
let loop: TimerLoop;

function runner(run: (timer: DueTimer) => Promise<TimerResult>, name = 'tea', pool: TimerRunner['pool'] = 'normal'): TimerRunner {
	return { name, pool, run };
}

function make(places = { normal: 4, mass: 1 }, tickMs = 5) {
	return new TimerLoop({ queue, clock, log, places, tickMs });
}

beforeEach(() => {
	clock = new FakeClock();
	queue = new FakeTimerQueue();
	log = new RecordingTimerLog();
	loop = make();
});

afterEach(() => loop.stop(0));

const row = (key: string) => queue.rows.get(key);
const until = (condition: () => void) => vi.waitFor(condition, { timeout: 20_000, interval: 2 });

test('a due row is run once and goes when it is done', async () => {
	const ran: string[] = [];
	queue.add('a', clock.now());
	loop.start([
		runner(async (timer) => {
			ran.push(timer.key);
			return 'done';
		})
	]);
	await until(() => expect(queue.rows.size).toBe(0));
	expect(ran).toEqual(['a']);
});

test('a row is not run before its time, and at once when the clock jumps past it', async () => {
	const ran: number[] = [];
	loop = make({ normal: 4, mass: 1 }, 60_000);
	queue.add('a', clock.now() + minute);
	loop.start([
		runner(async () => {
			ran.push(clock.now());
			return 'done';
		})
	]);
	await until(() => expect(queue.said).toEqual(['claim']));
	expect(ran).toEqual([]);
	clock.advance(minute);
	await until(() => expect(ran).toEqual([clock.now()]));
});

test('a row of a kind that no piece here runs is left alone', async () => {
	queue.add('a', clock.now(), 'coffee');
	loop.start([runner(async () => 'done')]);
	await until(() => expect(queue.said.length).toBeGreaterThan(2));
	expect(row('a')).toMatchObject({ token: null });
});

test('"later" looks again after that time and does not count as a try', async () => {
	queue.add('a', clock.now());
	loop.start([runner(async () => ({ later: minute }))]);
	await until(() => expect(row('a')).toMatchObject({ dueAt: clock.now() + minute, attempts: 0, token: null }));
});

test('"retry" comes again after 1 m, 5 m, 30 m and 2 h, then it is given up and logged', async () => {
	const tries: number[] = [];
	const start = clock.now();
	queue.add('a', start);
	loop.start([
		runner(async () => {
			tries.push((clock.now() - start) / minute);
			return 'retry';
		})
	]);
	for (const [index, wait] of [1, 5, 30, 120].entries()) {
		await until(() => expect(row('a')).toMatchObject({ attempts: index + 1, token: null, dueAt: clock.now() + wait * minute }));
		clock.advance(wait * minute);
	}
	await until(() => expect(row('a')).toMatchObject({ failedAt: clock.now() }));
	expect(tries).toEqual([0, 1, 6, 36, 156]);
	expect(log.lines).toEqual(['error A timer was given up']);
	clock.advance(1_000 * minute);
	const looks = queue.said.length;
	await until(() => expect(queue.said.length).toBeGreaterThan(looks + 1));
	expect(tries).toHaveLength(5);
});

test('work that throws is logged, keeps its reason and is tried again', async () => {
	queue.add('a', clock.now());
	loop.start([
		runner(async () => {
			throw new Error('the kettle is broken');
		})
	]);
	await until(() => expect(row('a')).toMatchObject({ attempts: 1, lastError: 'the kettle is broken', token: null }));
	expect(log.lines).toContain('error A timer failed');
});

test('an outage of the database during the work does not count as a try', async () => {
	queue.add('a', clock.now());
	loop.start([
		runner(async () => {
			throw new StorageAway();
		})
	]);
	await until(() => expect(log.lines).toContain('warn A timer waits until the database is back'));
	expect(row('a')).toMatchObject({ attempts: 0, failedAt: null });
});

test('work that lost its row neither deletes nor postpones it', async () => {
	queue.add('a', clock.now());
	loop.start([
		runner(async (timer) => {
			// Somebody edited it while we sent.
			queue.add('a', clock.now() + minute);
			throw new LeaseLost(timer.kind, timer.key);
		})
	]);
	await until(() => expect(log.lines).toEqual(['debug The timer tea a changed hands while it ran']));
	expect(row('a')).toMatchObject({ dueAt: clock.now() + minute, attempts: 0, token: null });
});

test('"done" of work whose row was moved meanwhile leaves the new row', async () => {
	queue.add('a', clock.now());
	let ended = false;
	loop.start([
		runner(async () => {
			queue.add('a', clock.now() + minute);
			ended = true;
			return 'done';
		})
	]);
	await until(() => expect(ended).toBe(true));
	await loop.stop(1_000);
	expect(row('a')).toMatchObject({ dueAt: clock.now() + minute });
});

test('no more rows run at once than there are places, and a free place is filled without waiting for the next tick', async () => {
	loop = make({ normal: 2, mass: 1 }, 60_000);
	let running = 0;
	let most = 0;
	for (let index = 0; index < 7; index++) queue.add(`row${index}`, clock.now());
	loop.start([
		runner(async () => {
			most = Math.max(most, ++running);
			await new Promise((resolve) => setImmediate(resolve));
			running--;
			return 'done';
		})
	]);
	await until(() => expect(queue.rows.size).toBe(0));
	expect(most).toBe(2);
});

test('mass work does not keep small timers waiting', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	queue.add('all', clock.now(), 'roleAll');
	queue.add('more', clock.now(), 'roleAll');
	queue.add('a', clock.now());
	const roleAll = runner(() => promise.then(() => 'done'), 'roleAll', 'mass');
	loop.start([roleAll, runner(async () => 'done')]);
	await until(() => expect([...queue.rows.keys()]).toEqual(['all', 'more']));
	expect(row('all')).toMatchObject({ token: expect.any(String) });
	expect(row('more')).toMatchObject({ token: null });
	resolve();
	await until(() => expect(queue.rows.size).toBe(0));
});

test('a row is renewed while its work runs', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	queue.add('a', clock.now());
	loop.start([runner(() => promise.then(() => 'done'))]);
	await until(() => expect(queue.said.filter((line) => line === 'renew a').length).toBeGreaterThan(2));
	resolve();
	await until(() => expect(queue.rows.size).toBe(0));
});

test('the loop goes on after the database was away, and says so once', async () => {
	queue.fault = new StorageAway();
	queue.add('a', clock.now());
	loop.start([runner(async () => 'done')]);
	await until(() => expect(queue.rows.size).toBe(0));
	expect(log.lines).toEqual(['warn Timers wait until the database is back']);
});

test('stopping takes no more, and waits for what runs', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	queue.add('a', clock.now());
	loop.start([runner(() => promise.then(() => 'done'))]);
	await until(() => expect(row('a')).toMatchObject({ token: expect.any(String) }));
	const stopping = loop.stop(10_000);
	queue.add('b', clock.now());
	const looks = queue.said.length;
	await until(() => expect(queue.said.slice(looks)).toContain('renew a'));
	resolve();
	await stopping;
	expect([...queue.rows.keys()]).toEqual(['b']);
	expect(row('b')).toMatchObject({ token: null });
});

test('stopping does not wait longer than it may', async () => {
	queue.add('a', clock.now());
	loop.start([runner(() => new Promise(() => undefined))]);
	await until(() => expect(row('a')).toMatchObject({ token: expect.any(String) }));
	const before = Date.now();
	await loop.stop(20);
	expect(Date.now() - before).toBeLessThan(1_000);
	expect(row('a')).toBeDefined();
});

test('rows that a look brought after stopping began are given back', async () => {
	const { promise, resolve } = Promise.withResolvers<void>();
	const claim = queue.claim.bind(queue);
	queue.claim = async (...args) => {
		const rows = await claim(...args);
		await promise;
		return rows;
	};
	queue.add('a', clock.now());
	let ran = false;
	loop.start([
		runner(async () => {
			ran = true;
			return 'done';
		})
	]);
	await until(() => expect(row('a')).toMatchObject({ token: expect.any(String) }));
	const stopping = loop.stop(1_000);
	resolve();
	await stopping;
	expect(ran).toBe(false);
	expect(row('a')).toMatchObject({ token: null, dueAt: clock.now() });
});
