import { describe, expect, test } from 'vitest';
import { typedDuration } from '#modules/channelstate/domain/duration.js';
import { deedByType, deedOf, massDeeds, readPayload, reverseOf } from '#modules/channelstate/domain/mass.js';

describe('mass work', () => {
	test('has a way back for each deed, and the way back of that is the deed', () => {
		for (const deed of massDeeds) {
			expect(reverseOf(deed)).toMatchObject({ kind: deed.kind, on: !deed.on });
			expect(reverseOf(reverseOf(deed))).toBe(deed);
			expect(deedByType(deed.type)).toBe(deed);
			expect(deedOf(deed.kind, deed.on)).toBe(deed);
		}
		expect(deedByType('ban')).toBeNull();
	});

	test('reads back what it stored, and nothing else', () => {
		const payload = { type: 'lockall', reason: 'raid', userId: null, username: null, notice: true, reverses: 4 };
		expect(readPayload(JSON.parse(JSON.stringify(payload)))).toEqual(payload);
		expect(readPayload({ type: 'lockall' })).toBeNull();
		expect(readPayload({ ...payload, reverses: 'x', userId: 5 })).toMatchObject({ reverses: null, userId: null });
		for (const other of [null, 'lockall', 3, []]) expect(readPayload(other)).toBeNull();
	});
});

test.each([
	[0, '0s'],
	[10, '10s'],
	[60, '1m'],
	[5_400, '1h30m'],
	[21_600, '6h']
])('%d seconds are shown as %s', (seconds, shown) => {
	expect(typedDuration(seconds)).toBe(shown);
});
