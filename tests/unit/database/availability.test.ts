import { expect, onTestFinished, test } from 'vitest';
import { type Availability, AvailabilityWatcher } from '#lib/data/availability.js';
import { eventually } from '../../support/eventually.js';

/** A watcher of something that is there or not as `there` says. */
function watching(there: boolean) {
	const world = { there, probes: 0 };
	const states: Availability[] = [];
	const watcher = new AvailabilityWatcher({
		probe: async () => {
			world.probes++;
			if (!world.there) throw new Error('away');
		},
		onChange: (state) => void states.push(state),
		retry: { firstMs: 1, maxMs: 2 }
	});
	onTestFinished(() => watcher.close());
	return { world, states, watcher };
}

test('it is down until it was looked at', async () => {
	const { watcher, states } = watching(true);
	expect(watcher.state).toBe('down');
	await watcher.look();
	expect({ state: watcher.state, states }).toEqual({ state: 'up', states: ['up'] });
});

test('a first look that fails rejects, and goes on by itself', async () => {
	const { watcher, world, states } = watching(false);
	await expect(watcher.look()).rejects.toThrow('away');
	expect(states).toEqual([]);
	world.there = true;
	await eventually('it is up', () => watcher.state === 'up');
});

test('a doubt about something that is there changes nothing', async () => {
	const { watcher, world, states } = watching(true);
	await watcher.look();
	watcher.doubt();
	await eventually('it looked', () => world.probes === 2);
	expect(states).toEqual(['up']);
});

test('many doubts at once make one search', async () => {
	const { watcher, world, states } = watching(true);
	await watcher.look();
	world.there = false;
	for (let times = 0; times < 50; times++) watcher.doubt();
	await eventually('it is down', () => watcher.state === 'down');
	world.there = true;
	await eventually('it is up', () => watcher.state === 'up');
	expect(states).toEqual(['up', 'down', 'up']);
	expect(world.probes).toBeLessThan(20);
});

test('after closing it neither looks nor tells', async () => {
	const { watcher, world, states } = watching(false);
	await watcher.look().catch(() => undefined);
	await watcher.close();
	const { probes } = world;
	world.there = true;
	watcher.doubt();
	await watcher.close();
	expect({ probes: world.probes, states }).toEqual({ probes, states: [] });
});
