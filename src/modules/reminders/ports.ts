import type { DueTimer } from '#lib/timers/types.js';
import type { NewReminder, Reminder, ReminderChange } from './domain.js';

/** Where reminders are kept. Each write holds the timer in the same transaction. */
export interface ReminderRepository {
	/** Null when the person has as many as he may. */
	add(reminder: NewReminder, most: number): Promise<Reminder | null>;
	find(id: number): Promise<Reminder | null>;
	/** Those still to come, the next first; of one server when `guildId` is given. */
	active(userId: string, guildId?: string | null): Promise<readonly Reminder[]>;
	/** Changes one that is still to come; null when there is none of this person. A delivery under way records nothing then. */
	change(id: number, userId: string, change: ReminderChange): Promise<Reminder | null>;
	/** Sets a delivered one-time reminder once more. `gone`: it is no longer as `reminder` says. `full`: the person has enough. */
	again(reminder: Reminder, dueAt: number, most: number): Promise<Reminder | 'gone' | 'full'>;
	/** Puts one delivery of a series off. `gone`: it was already. */
	putOff(reminder: Reminder, occurrence: number, dueAt: number, now: number, most: number): Promise<Reminder | 'gone' | 'full'>;
	/** The message that the reminder links to. */
	setMessage(id: number, messageId: string): Promise<void>;
	/** Answers how many of these were the person's. */
	remove(userId: string, ids: readonly number[]): Promise<number>;
	/** Records a delivery together with the end or the move of its timer. Throws LeaseLost when it was changed meanwhile. */
	delivered(reminder: Reminder, sentAt: number, nextAt: number | null, timer: DueTimer): Promise<void>;
	/** Moves a series on without a delivery. */
	skip(reminder: Reminder, nextAt: number, timer: DueTimer): Promise<void>;
	/** Deletes one that can never be delivered, with its timer. */
	drop(reminder: Reminder, timer: DueTimer): Promise<void>;
}

/** `undeliverable`: neither the channel nor the person can be written to. `retry`: Discord is away. */
export type Delivery = 'sent' | 'undeliverable' | 'retry';

/** Brings a reminder to its person. Twice for one delivery brings it once. */
export interface ReminderPoster {
	post(reminder: Reminder, lateMs: number | null): Promise<Delivery>;
}

/** A person's own time zone. */
export interface ZoneSource {
	zoneOf(userId: string): Promise<string | null>;
}
