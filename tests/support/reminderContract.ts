import { describe, expect, test } from 'vitest';
import type { DueTimer } from '#lib/timers/types.js';
import { LeaseLost } from '#lib/timers/types.js';
import type { NewReminder } from '#modules/reminders/domain.js';
import type { ReminderRepository } from '#modules/reminders/ports.js';

export interface ContractParts {
	readonly reminders: ReminderRepository;
	/** Due time of a reminder's timer; null when it has none. */
	readonly timerOf: (id: number) => Promise<number | null>;
	/** Takes the timer of a reminder as the loop would. */
	readonly take: (id: number) => Promise<DueTimer>;
}

const now = Date.UTC(2026, 0, 1, 12);
const hour = 3_600_000;
let people = 900_000_000_000_000_000n;

/** A reminder of a person whom no other test knows. */
export function aReminder(change: Partial<NewReminder> = {}): NewReminder {
	return {
		userId: String(people++),
		guildId: '200000000000000001',
		channelId: '300000000000000001',
		messageId: null,
		text: 'tea',
		dueAt: now + hour,
		everyMs: null,
		inDm: false,
		createdAt: now,
		...change
	};
}

/** What every repository of reminders does: the one in memory that the other tests use, and the one on PostgreSQL. */
export function reminderContract(name: string, make: () => ContractParts): void {
	async function added(change: Partial<NewReminder> = {}) {
		const parts = make();
		const reminder = await parts.reminders.add(aReminder(change), 25);
		if (!reminder) throw new Error('The reminder was refused');
		return { ...parts, reminder };
	}

	describe(name, () => {
		test('what was added is found again with its timer', async () => {
			const { reminders, timerOf, reminder } = await added({ messageId: '400000000000000001', everyMs: 2 * hour, inDm: true });
			expect(await reminders.find(reminder.id)).toEqual(reminder);
			expect(reminder).toMatchObject({ occurrence: 0, sentAt: null, everyMs: 2 * hour, inDm: true, dueAt: now + hour });
			expect(await timerOf(reminder.id)).toBe(now + hour);
		});

		test('moved to another place it is found there, with nothing of the old one', async () => {
			const { reminders, reminder } = await added({ messageId: '400000000000000001', inDm: true });
			const place = { guildId: null, channelId: '300000000000000002', messageId: null };
			const moved = await reminders.change(reminder.id, reminder.userId, { inDm: false, place });
			expect(moved).toEqual({ ...reminder, ...place, inDm: false });
			expect(await reminders.find(reminder.id)).toEqual(moved);
		});

		test('nobody is found under an id that nobody has', async () => {
			const { reminders } = make();
			for (const id of [0, -1, 2_000_000_000, 1e12, Number.NaN, 1.5]) expect(await reminders.find(id)).toBeNull();
			expect(await reminders.remove(aReminder().userId, [1e12])).toBe(0);
			expect(await reminders.change(1e12, aReminder().userId, { text: 'x' })).toBeNull();
		});

		test('of many added at once, no more are taken than a person may have', async () => {
			const { reminders } = make();
			const wish = aReminder();
			const answers = await Promise.all(Array.from({ length: 8 }, () => reminders.add(wish, 3)));
			expect(answers.filter((answer) => answer !== null)).toHaveLength(3);
			expect(await reminders.active(wish.userId)).toHaveLength(3);
			expect(await reminders.add(aReminder(), 3)).not.toBeNull();
		});

		test('listed are those to come, the next first, of one server when asked so', async () => {
			const { reminders, take } = make();
			const { userId } = aReminder();
			const other = { userId, guildId: null };
			for (const [index, more] of [{ userId }, other, { userId }, { userId, everyMs: hour }].entries())
				await reminders.add(aReminder({ ...more, dueAt: now + (9 - index) * hour, text: `${index}` }), 25);
			const [, , , gone] = await reminders.active(userId);
			if (!gone) throw new Error('There should be four');
			await reminders.delivered(gone, now, null, await take(gone.id));
			expect((await reminders.active(userId)).map((one) => one.text)).toEqual(['3', '2', '1']);
			expect((await reminders.active(userId, '200000000000000001')).map((one) => one.text)).toEqual(['3', '2']);
			expect((await reminders.active(userId, null)).map((one) => one.text)).toEqual(['1']);
		});

		test('a new time moves the timer, and makes a delivery under way record nothing', async () => {
			const { reminders, timerOf, take, reminder } = await added();
			const timer = await take(reminder.id);
			const changed = await reminders.change(reminder.id, reminder.userId, { dueAt: now + 5 * hour });
			expect(changed).toMatchObject({ dueAt: now + 5 * hour, occurrence: 1 });
			await expect(reminders.delivered(reminder, now, null, timer)).rejects.toThrow(LeaseLost);
			await expect(reminders.drop(reminder, timer)).rejects.toThrow(LeaseLost);
			expect(await reminders.find(reminder.id)).toEqual(changed);
			expect(await timerOf(reminder.id)).toBe(now + 5 * hour);
		});

		test('a new text leaves the time as it is', async () => {
			const { reminders, timerOf, reminder } = await added();
			expect(await reminders.change(reminder.id, reminder.userId, { text: 'coffee', inDm: true })).toEqual({
				...reminder,
				text: 'coffee',
				inDm: true
			});
			expect(await timerOf(reminder.id)).toBe(reminder.dueAt);
		});

		test('nobody changes or removes another person’s', async () => {
			const { reminders, timerOf, reminder } = await added();
			const stranger = aReminder().userId;
			expect(await reminders.change(reminder.id, stranger, { text: 'mine' })).toBeNull();
			expect(await reminders.remove(stranger, [reminder.id])).toBe(0);
			expect(await reminders.find(reminder.id)).toEqual(reminder);
			expect(await timerOf(reminder.id)).toBe(reminder.dueAt);
		});

		test('one that was removed while it was on its way records nothing, and its timer is gone', async () => {
			const { reminders, timerOf, take, reminder } = await added();
			const timer = await take(reminder.id);
			expect(await reminders.remove(reminder.userId, [reminder.id, 1_999_999_999])).toBe(1);
			await expect(reminders.delivered(reminder, now, null, timer)).rejects.toThrow(LeaseLost);
			expect(await reminders.find(reminder.id)).toBeNull();
			expect(await timerOf(reminder.id)).toBeNull();
		});

		test('a delivered one is kept without a timer, and can be set again once', async () => {
			const { reminders, timerOf, take, reminder } = await added();
			await reminders.delivered(reminder, now + hour, null, await take(reminder.id));
			const sent = await reminders.find(reminder.id);
			expect(sent).toEqual({ ...reminder, sentAt: now + hour, occurrence: 1 });
			expect(await timerOf(reminder.id)).toBeNull();
			if (!sent) throw new Error('It should be there');
			expect(await reminders.again(sent, now + 2 * hour, 25)).toMatchObject({ sentAt: null, dueAt: now + 2 * hour, occurrence: 1 });
			expect(await timerOf(reminder.id)).toBe(now + 2 * hour);
			expect(await reminders.again(sent, now + 3 * hour, 25)).toBe('gone');
			expect(await timerOf(reminder.id)).toBe(now + 2 * hour);
		});

		test('a series moves on with its delivery', async () => {
			const { reminders, timerOf, take, reminder } = await added({ everyMs: hour });
			await reminders.delivered(reminder, now + hour, now + 2 * hour, await take(reminder.id));
			expect(await reminders.find(reminder.id)).toMatchObject({ dueAt: now + 2 * hour, seriesAt: now + hour });
			expect(await reminders.find(reminder.id)).toMatchObject({ dueAt: now + 2 * hour, occurrence: 1, sentAt: now + hour });
			expect(await timerOf(reminder.id)).toBe(now + 2 * hour);
		});

		test('a delivery of a series is put off by a reminder of its own, once', async () => {
			const { reminders, timerOf, take, reminder } = await added({ everyMs: hour });
			await reminders.delivered(reminder, now + hour, now + 2 * hour, await take(reminder.id));
			const both = await Promise.all([1, 2].map((turn) => reminders.putOff(reminder, 0, now + turn * 600_000, now, 25)));
			const copies = both.filter((answer) => typeof answer === 'object');
			expect(copies).toHaveLength(1);
			expect(both).toContain('gone');
			expect(copies[0]).toMatchObject({ text: 'tea', everyMs: null, userId: reminder.userId, sentAt: null, occurrence: 0 });
			expect(copies[0]?.id).not.toBe(reminder.id);
			expect(await timerOf(copies[0]?.id ?? 0)).toBe(copies[0]?.dueAt);
			expect(await reminders.putOff(reminder, 1, now, now, 25)).toMatchObject({ text: 'tea' });
		});

		test('who has enough cannot snooze one more', async () => {
			const { reminders, take, reminder } = await added({ everyMs: hour });
			expect(await reminders.putOff(reminder, 0, now, now, 1)).toBe('full');
			const once = await reminders.add(aReminder({ userId: reminder.userId }), 25);
			if (!once) throw new Error('It should fit');
			await reminders.delivered(once, now, null, await take(once.id));
			expect(await reminders.again({ ...once, occurrence: 1, sentAt: now }, now, 1)).toBe('full');
		});

		test('a series that skips a time, and one that cannot be delivered', async () => {
			const { reminders, timerOf, take, reminder } = await added({ everyMs: hour });
			await reminders.skip(reminder, now + 7 * hour, await take(reminder.id));
			const later = await reminders.find(reminder.id);
			expect(later).toMatchObject({ dueAt: now + 7 * hour, occurrence: 1, sentAt: null });
			expect(await timerOf(reminder.id)).toBe(now + 7 * hour);
			if (!later) throw new Error('It should be there');
			await reminders.drop(later, await take(reminder.id));
			expect(await reminders.find(reminder.id)).toBeNull();
			expect(await timerOf(reminder.id)).toBeNull();
		});

		test('a series that came before and is to end comes once more', async () => {
			const { reminders, take, reminder } = await added({ everyMs: hour });
			await reminders.delivered(reminder, now + hour, now + 2 * hour, await take(reminder.id));
			await reminders.change(reminder.id, reminder.userId, { everyMs: null });
			expect(await reminders.active(reminder.userId)).toMatchObject([
				{ id: reminder.id, everyMs: null, sentAt: null, dueAt: now + 2 * hour }
			]);
		});

		test('the message to link to is set once', async () => {
			const { reminders, reminder } = await added();
			await reminders.setMessage(reminder.id, '400000000000000002');
			await reminders.setMessage(reminder.id, '400000000000000003');
			expect(await reminders.find(reminder.id)).toMatchObject({ messageId: '400000000000000002' });
		});
	});
}
