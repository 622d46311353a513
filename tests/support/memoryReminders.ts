import type { DueTimer } from '#lib/timers/types.js';
import { LeaseLost } from '#lib/timers/types.js';
import { isActive, type NewReminder, type Reminder, type ReminderChange } from '#modules/reminders/domain.js';
import type { ReminderRepository } from '#modules/reminders/ports.js';

/** The reminders in memory, with the times of their timers. */
export class MemoryReminders implements ReminderRepository {
	public readonly rows = new Map<number, Reminder>();
	/** Reminder → due time of its timer. */
	public readonly timers = new Map<number, number>();
	readonly #putOff = new Set<string>();
	#last = 0;

	public async add(reminder: NewReminder, most: number): Promise<Reminder | null> {
		if (this.#isFull(reminder.userId, most)) return null;
		return this.#set({ ...reminder, id: ++this.#last, occurrence: 0, sentAt: null, seriesAt: null });
	}

	public async find(id: number): Promise<Reminder | null> {
		return this.rows.get(id) ?? null;
	}

	public async active(userId: string, guildId?: string | null): Promise<readonly Reminder[]> {
		const own = [...this.rows.values()].filter((row) => row.userId === userId && isActive(row));
		return own.filter((row) => guildId === undefined || row.guildId === guildId).sort((a, b) => a.dueAt - b.dueAt || a.id - b.id);
	}

	public async change(id: number, userId: string, { place, ...change }: ReminderChange): Promise<Reminder | null> {
		const row = this.rows.get(id);
		if (row?.userId !== userId || !isActive(row)) return null;
		const moved = change.dueAt === undefined ? {} : { occurrence: row.occurrence + 1 };
		const ended = change.everyMs === null ? { sentAt: null } : {};
		const series = change.dueAt === undefined && change.everyMs === undefined ? {} : { seriesAt: null };
		const changed = { ...row, ...change, ...place, ...series, ...moved, ...ended };
		this.rows.set(id, changed);
		if (change.dueAt !== undefined) this.timers.set(id, change.dueAt);
		return changed;
	}

	public async again(reminder: Reminder, dueAt: number, most: number): Promise<Reminder | 'gone' | 'full'> {
		if (this.#isFull(reminder.userId, most)) return 'full';
		const row = this.rows.get(reminder.id);
		if (!row || row.occurrence !== reminder.occurrence || isActive(row)) return 'gone';
		return this.#set({ ...row, sentAt: null, dueAt });
	}

	public async putOff(
		reminder: Reminder,
		occurrence: number,
		dueAt: number,
		now: number,
		most: number
	): Promise<Reminder | 'gone' | 'full'> {
		if (this.#isFull(reminder.userId, most)) return 'full';
		const from = `${reminder.id}.${occurrence}`;
		if (this.#putOff.has(from)) return 'gone';
		this.#putOff.add(from);
		return this.#set({ ...reminder, id: ++this.#last, dueAt, everyMs: null, seriesAt: null, occurrence: 0, sentAt: null, createdAt: now });
	}

	public async setMessage(id: number, messageId: string): Promise<void> {
		const row = this.rows.get(id);
		if (row && row.messageId === null) this.rows.set(id, { ...row, messageId });
	}

	public async remove(userId: string, ids: readonly number[]): Promise<number> {
		const own = new Set(ids.filter((id) => this.rows.get(id)?.userId === userId));
		for (const id of own) {
			this.rows.delete(id);
			this.timers.delete(id);
		}
		return own.size;
	}

	public async delivered(reminder: Reminder, sentAt: number, nextAt: number | null, timer: DueTimer): Promise<void> {
		const row = this.#unchanged(reminder, timer);
		const next = nextAt === null ? {} : { dueAt: nextAt, seriesAt: row.seriesAt ?? row.dueAt };
		this.rows.set(row.id, { ...row, ...next, sentAt, occurrence: row.occurrence + 1 });
		if (nextAt === null) this.timers.delete(row.id);
		else this.timers.set(row.id, nextAt);
	}

	public async skip(reminder: Reminder, nextAt: number, timer: DueTimer): Promise<void> {
		const row = this.#unchanged(reminder, timer);
		this.rows.set(row.id, { ...row, dueAt: nextAt, seriesAt: row.seriesAt ?? row.dueAt, occurrence: row.occurrence + 1 });
		this.timers.set(row.id, nextAt);
	}

	public async drop(reminder: Reminder, timer: DueTimer): Promise<void> {
		const { id } = this.#unchanged(reminder, timer);
		this.rows.delete(id);
		this.timers.delete(id);
	}

	#unchanged({ id, occurrence }: Reminder, timer: DueTimer): Reminder {
		const row = this.rows.get(id);
		if (row?.occurrence !== occurrence) throw new LeaseLost(timer.kind, timer.key);
		return row;
	}

	#isFull(userId: string, most: number): boolean {
		return [...this.rows.values()].filter((row) => row.userId === userId && isActive(row)).length >= most;
	}

	#set(reminder: Reminder): Reminder {
		this.rows.set(reminder.id, reminder);
		this.timers.set(reminder.id, reminder.dueAt);
		return reminder;
	}
}
