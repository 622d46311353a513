import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTime, TookTooLong } from '#lib/jobs/inTime.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('work that answers in time leaves no timer behind', async () => {
	expect(await inTime(Promise.resolve('tea'), 1_000)).toBe('tea');
	await expect(inTime(Promise.reject(new Error('cold')), 1_000)).rejects.toThrow('cold');
	expect(vi.getTimerCount()).toBe(0);
});

test('work that never answers is given up', async () => {
	const given = expect(inTime(new Promise(() => undefined), 1_000)).rejects.toThrow(TookTooLong);
	await vi.advanceTimersByTimeAsync(1_000);
	await given;
});
