import { expect, test } from 'vitest';
import { Clock } from '../../../emulator/state/clock.js';
import { compareSnowflakes, idFault, Snowflakes, shardOf, snowflakeTime } from '../../../emulator/state/snowflakes.js';

test('ids are 17 to 19 digits, hold their time, and only grow, even when the clock is set back', () => {
	const clock = new Clock();
	clock.set(Date.UTC(2026, 0, 1));
	const ids = new Snowflakes(clock);
	const made = [ids.next(), ids.next()];
	clock.set(Date.UTC(2020, 0, 1));
	made.push(ids.next());
	clock.set(Date.UTC(2027, 0, 1));
	made.push(ids.next());
	for (const id of made) expect(id).toMatch(/^\d{17,19}$/);
	expect([...made].sort(compareSnowflakes)).toEqual(made);
	expect(new Set(made).size).toBe(made.length);
	expect(snowflakeTime(made[0] ?? '')).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
	expect(snowflakeTime(made[3] ?? '')).toBeGreaterThanOrEqual(Date.UTC(2027, 0, 1));
});

test('the shard is (id >> 22) % count', () => {
	expect(shardOf('41771983423143937', 1)).toBe(0);
	expect(shardOf('41771983423143937', 16)).toBe(Number((41771983423143937n >> 22n) % 16n));
});

test.each([
	['123456789012345678', null],
	['0', null],
	['9223372036854775807', null],
	['9223372036854775808', 'NUMBER_TYPE_MAX'],
	['-1', 'NUMBER_TYPE_MIN'],
	['12345678901234567x', 'NUMBER_TYPE_COERCE'],
	['@me', 'NUMBER_TYPE_COERCE'],
	['', 'NUMBER_TYPE_COERCE']
])('of "%s" as an id Discord says %s', (text, code) => {
	expect(idFault(text)?.code ?? null).toBe(code);
});
