import { expect, test } from 'vitest';
import { backOff } from '#lib/core/backOff.js';

const pauses = { firstMs: 100, maxMs: 2_000 };

test('the pause doubles up to its longest, however often it was tried', () => {
	expect([0, 1, 2, 3, 6, 5_000].map((times) => backOff(times, pauses, () => 0))).toEqual([100, 100, 200, 400, 2_000, 2_000]);
});

test('up to half of it is off by chance, so that many do not come back at one moment', () => {
	expect(backOff(100, pauses, () => 1)).toBe(1_000);
	expect(backOff(100, pauses, () => 0.5)).toBe(1_500);
});
