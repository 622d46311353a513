import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;

export const limits = {
	shortestMs: second,
	longestMs: 365 * day,
	shortestRepeatMs: hour,
	/** Counted are those still to come. */
	perPerson: 25,
	/** Leaves room for the mention and the link in one message of Discord's 2,000. */
	textLength: 1_000,
	/** How long a delivered reminder can still be snoozed. */
	snoozableMs: day
} as const;

/** Later than this is told: the bot was away. The loop alone is late by a second at most. */
const lateAboveMs = 5_000;

/** A reminder as stored. Times in milliseconds since 1970. */
export interface Reminder {
	readonly id: number;
	readonly userId: string;
	readonly guildId: string | null;
	readonly channelId: string;
	/** The message that asked for it. */
	readonly messageId: string | null;
	readonly text: string;
	readonly dueAt: number;
	readonly everyMs: number | null;
	/** The time that a series which has moved on is counted from; null: `dueAt`. */
	readonly seriesAt: number | null;
	readonly inDm: boolean;
	/** How often it came or was changed: each one is a message of its own. */
	readonly occurrence: number;
	readonly sentAt: number | null;
	readonly createdAt: number;
}

export type NewReminder = Omit<Reminder, 'id' | 'occurrence' | 'sentAt' | 'seriesAt'>;

export interface ReminderChange {
	readonly dueAt?: number;
	readonly text?: string;
	readonly everyMs?: number | null;
	readonly inDm?: boolean;
	/** Another place to come in. */
	readonly place?: Pick<Reminder, 'guildId' | 'channelId' | 'messageId'>;
}

export type ScheduleCode = 'in-the-past' | 'too-soon' | 'too-far' | 'every-too-short' | 'every-too-long' | 'no-text' | 'text-too-long';

/** Whether a reminder may be set like this now. */
export function checkReminder(change: ReminderChange, now: number): Outcome<null, ScheduleCode> {
	const { dueAt, text, everyMs } = change;
	if (dueAt !== undefined) {
		if (dueAt < now) return refuse('in-the-past');
		if (dueAt < now + limits.shortestMs) return refuse('too-soon');
		if (dueAt > now + limits.longestMs) return refuse('too-far');
	}
	if (typeof everyMs === 'number') {
		if (everyMs < limits.shortestRepeatMs) return refuse('every-too-short');
		if (everyMs > limits.longestMs) return refuse('every-too-long');
	}
	if (text !== undefined) {
		if (text.trim() === '') return refuse('no-text');
		if (text.length > limits.textLength) return refuse('text-too-long', { max: limits.textLength, length: text.length });
	}
	return accept(null);
}

/** True for a reminder that is still to come. */
export function isActive({ sentAt, everyMs }: Pick<Reminder, 'sentAt' | 'everyMs'>): boolean {
	return sentAt === null || everyMs !== null;
}

export type DueDecision = { action: 'nothing' } | { action: 'wait'; ms: number } | { action: 'deliver'; lateMs: number | null };

/** What should happen now that the alarm of `reminder` rings. */
export function decideDue(reminder: Reminder | null, now: number): DueDecision {
	if (!reminder || !isActive(reminder)) return { action: 'nothing' };
	if (reminder.dueAt > now) return { action: 'wait', ms: reminder.dueAt - now };
	const late = now - reminder.dueAt;
	return { action: 'deliver', lateMs: late > lateAboveMs ? late : null };
}

export type SnoozeCode = 'unknown' | 'snooze-over' | 'already-snoozed' | 'just-sent';

/**
 * Whether the delivery number `occurrence` of a reminder can be put off now: `again` sets the one-time reminder once more,
 * `copy` puts a repeating one off by a reminder of its own, so that the series stays as it is.
 */
export function decideSnooze(
	reminder: Reminder | null,
	userId: string,
	occurrence: number,
	now: number
): Outcome<'again' | 'copy', SnoozeCode> {
	if (reminder?.userId !== userId) return refuse('unknown');
	// The message is there, and that it was sent is not stored yet.
	const isUnderWay = reminder.occurrence === occurrence && reminder.dueAt <= now;
	if (isUnderWay && (reminder.sentAt === null || reminder.everyMs !== null)) return refuse('just-sent');
	if (reminder.everyMs !== null) return occurrence < reminder.occurrence ? accept('copy') : refuse('unknown');
	if (reminder.sentAt === null) return refuse('already-snoozed');
	if (reminder.occurrence !== occurrence + 1) return refuse('already-snoozed');
	return now - reminder.sentAt <= limits.snoozableMs ? accept('again') : refuse('snooze-over');
}

/** Discord sends a message with a nonce once: the same for every try of one delivery, another for the next. At most 25 characters. */
export function nonceOf({ id, occurrence }: Pick<Reminder, 'id' | 'occurrence'>): string {
	return `rem-${id.toString(36)}-${occurrence.toString(36)}`;
}
