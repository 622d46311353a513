import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimedRemovals } from '#lib/discord/timedRemovals.js';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

const aMessage = () => ({ delete: vi.fn(async () => undefined) });

test('a message goes when its time is over, and once', async () => {
	const [soon, late] = [aMessage(), aMessage()];
	const removals = new TimedRemovals();
	removals.add(soon, 1_000);
	removals.add(late, 60_000);
	await vi.advanceTimersByTimeAsync(1_000);
	expect([soon.delete.mock.calls.length, late.delete.mock.calls.length]).toEqual([1, 0]);
	await removals.removeAll();
	await vi.advanceTimersByTimeAsync(60_000);
	expect([soon.delete.mock.calls.length, late.delete.mock.calls.length]).toEqual([1, 1]);
});

test('one that cannot be removed keeps no other one, and is not tried for ever', async () => {
	const removals = new TimedRemovals();
	const stuck = { delete: vi.fn(() => Promise.reject(new Error('gone'))) };
	const other = aMessage();
	removals.add(stuck, 1_000);
	removals.add(other, 1_000);
	await removals.removeAll();
	await removals.removeAll();
	expect([stuck.delete.mock.calls.length, other.delete.mock.calls.length]).toEqual([1, 1]);
});
