import { expect, test } from 'vitest';
import { retryDelay } from '#lib/timers/retryDelay.js';

test.each([
	[0, 60_000],
	[1, 300_000],
	[2, 1_800_000],
	[3, 7_200_000],
	[4, null],
	[100, null]
])('a failure after %i earlier ones waits %s ms', (attempts, expected) => {
	expect(retryDelay(attempts)).toBe(expected);
});
