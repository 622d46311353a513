import { expect, test } from 'vitest';
import { DatabaseClock } from '#lib/data/databaseClock.js';

function make(options: { local?: number; database: () => number }) {
	const warnings: string[] = [];
	const machine = { time: options.local ?? 1_000_000 };
	const clock = new DatabaseClock({
		ask: async () => options.database(),
		local: () => machine.time,
		log: { warn: (_details, message) => warnings.push(message) }
	});
	return { clock, warnings, machine };
}

test('before the first measure it is the time of this machine', () => {
	expect(make({ database: () => 5 }).clock.now()).toBe(1_000_000);
});

test('it is the time of the database, and goes on with this machine', async () => {
	const { clock, machine } = make({ database: () => 1_030_000 });
	expect(await clock.measure()).toBe(true);
	expect(clock.now()).toBe(1_030_000);
	machine.time += 500;
	expect(clock.now()).toBe(1_030_500);
});

test('the way to the database and back is taken into account', async () => {
	const machine = { time: 1_000 };
	const clock = new DatabaseClock({
		ask: async () => {
			machine.time += 400;
			return 5_200;
		},
		local: () => machine.time,
		log: { warn: () => undefined }
	});
	await clock.measure();
	expect(clock.now()).toBe(5_400);
});

test('without the database the last correction holds', async () => {
	let away = false;
	const { clock, machine } = make({
		database: () => {
			if (away) throw new Error('connection refused');
			return 1_030_000;
		}
	});
	await clock.measure();
	away = true;
	machine.time += 60_000;
	expect(await clock.measure()).toBe(false);
	expect(clock.now()).toBe(1_090_000);
});

test.each([
	[60_000, []],
	[60_001, ["The clock of this machine is 60 s behind the database's. Timers go by the database; please set the clock."]],
	[-600_000, ["The clock of this machine is 600 s ahead of the database's. Timers go by the database; please set the clock."]]
])('a difference of %i ms warns: %j', async (difference, expected) => {
	const { clock, warnings } = make({ database: () => 1_000_000 + difference });
	await clock.measure();
	await clock.measure();
	expect(warnings).toEqual(expected);
});

test('it warns again when the clock was right in between', async () => {
	let database = 1_100_000;
	const { clock, warnings } = make({ database: () => database });
	await clock.measure();
	database = 1_000_000;
	await clock.measure();
	database = 1_100_000;
	await clock.measure();
	expect(warnings).toHaveLength(2);
});

test('loops are woken when the correction changes by a second or more, and not by the noise of the line', async () => {
	let database = 1_000_900;
	const { clock } = make({ database: () => database });
	let jumps = 0;
	const stop = clock.onJump(() => jumps++);
	await clock.measure();
	expect(jumps).toBe(0);
	database += 1_000;
	await clock.measure();
	expect(jumps).toBe(1);
	stop();
	database += 5_000;
	await clock.measure();
	expect(jumps).toBe(1);
});
