import type { DueTimer } from '#lib/timers/types.js';
import { MemoryReminders } from '../../support/memoryReminders.js';
import { reminderContract } from '../../support/reminderContract.js';

/** A due timer as the loop hands it over; what holds for the row is the repository's. */
function timer(key: number): DueTimer {
	return {
		kind: 'reminderDue',
		key: String(key),
		guildId: null,
		dueAt: 0,
		payload: {},
		attempts: 0,
		finish: async () => undefined,
		moveTo: async () => undefined
	};
}

reminderContract('reminders in memory', () => {
	const reminders = new MemoryReminders();
	return { reminders, timerOf: async (id) => reminders.timers.get(id) ?? null, take: async (id) => timer(id) };
});
