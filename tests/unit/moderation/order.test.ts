import { describe, expect, test } from 'vitest';
import { auditReason, isAuditReason, type Order, orderTimerKey, readOrder } from '../../../src/modules/moderation/domain/order.js';

const order: Order = {
	key: 'k',
	type: 'ban',
	guildId: '1',
	targetId: '2',
	channelId: null,
	actorId: '3',
	reason: 'spam',
	durationMs: 60_000,
	parentNumber: null,
	details: { deleteSeconds: 0, roles: ['4'] },
	at: 5
};

test('an order that was kept is read back as it was, and what is none is refused', () => {
	expect(readOrder(JSON.parse(JSON.stringify(order)))).toEqual(order);
	for (const broken of [null, 'x', {}, { ...order, at: '5' }, { ...order, targetId: 2 }, { ...order, details: null }]) {
		expect(readOrder(broken)).toBeNull();
	}
});

test('one order at a time is kept about a person or a channel; one about nobody stands for itself', () => {
	expect(orderTimerKey(order)).toBe(orderTimerKey({ ...order, key: 'other' }));
	expect(orderTimerKey(order)).not.toBe(orderTimerKey({ ...order, targetId: '9' }));
	expect(orderTimerKey({ ...order, targetId: null, channelId: '7' })).toBe('1-7');
	expect(orderTimerKey({ ...order, targetId: null })).toBe('k');
});

describe("the reason in Discord's audit log", () => {
	test('names the moderator, and is cut to 512 characters with his name kept', () => {
		expect(auditReason(' much\n spam ', 'max')).toBe('much spam | max');
		expect(auditReason(null, 'max')).toBe('| max');
		expect(auditReason('x'.repeat(600), 'max')).toMatch(/^x+… \| max$/);
		expect(auditReason('x'.repeat(600), 'max')).toHaveLength(512);
	});

	test.each([
		['the same reason of the same moderator', auditReason('spam', 'max'), 'spam', 'max', true],
		['no reason of the same moderator', auditReason(null, 'max'), null, 'max', true],
		['a cut reason', auditReason('x'.repeat(600), 'max'), 'x'.repeat(600), 'max', true],
		['another reason', auditReason('raid', 'max'), 'spam', 'max', false],
		['another moderator', auditReason('spam', 'mia'), 'spam', 'max', false],
		['a moderator who has left', auditReason('spam', 'max'), 'spam', null, true],
		['another reason, whoever it was', auditReason('raid', 'max'), 'spam', null, false],
		['what somebody wrote by hand', 'spam', 'spam', null, false],
		['nothing', null, 'spam', 'max', false]
	])('is recognised: %s', (_, found, reason, moderator, expected) => {
		expect(isAuditReason(found, reason, moderator)).toBe(expected);
	});
});
