import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { nextOccurrence } from '#lib/time/recurrence.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import {
	checkReminder,
	decideDue,
	decideSnooze,
	limits,
	type Reminder,
	type ReminderChange,
	type ScheduleCode,
	type SnoozeCode
} from './domain.js';
import type { ReminderPoster, ReminderRepository, ZoneSource } from './ports.js';
import { endsRepeating, parseEvery, type ReadCode, type ReadRequest, readLine, readWhen } from './request.js';

/** Who asks, and where. */
export interface Asker {
	readonly userId: string;
	readonly guildId: string | null;
	readonly channelId: string;
	readonly messageId: string | null;
}

/** What slash gives apart. */
export interface GivenReminder {
	readonly when: string;
	readonly text: string;
	readonly everyMs: number | null;
	readonly inDm: boolean;
}

export type AddCode = ReadCode | ScheduleCode | 'too-many';
export type EditField = 'time' | 'text' | 'every' | 'where';
export type EditCode = ReadCode | ScheduleCode | 'unknown' | 'no-every' | 'no-where';

export interface RemindersOptions {
	readonly reminders: ReminderRepository;
	readonly poster: ReminderPoster;
	readonly zones: ZoneSource;
	readonly clock: Clock;
}

/** After this many failed tries a series goes on with its next time, instead of ending with the timer. */
const lastTry = 4;

export class Reminders {
	readonly #reminders: ReminderRepository;
	readonly #poster: ReminderPoster;
	readonly #zones: ZoneSource;
	readonly #clock: Clock;

	public constructor({ reminders, poster, zones, clock }: RemindersOptions) {
		this.#reminders = reminders;
		this.#poster = poster;
		this.#zones = zones;
		this.#clock = clock;
	}

	/** Sets a reminder from one typed line. */
	public async addLine(asker: Asker, line: string): Promise<Outcome<Reminder, AddCode>> {
		const zone = await this.#zones.zoneOf(asker.userId);
		const now = this.#clock.now();
		const read = readLine(line, now, zone);
		return read.ok ? this.#add(asker, read.value, now) : read;
	}

	/** Sets a reminder from parts. */
	public async add(asker: Asker, { when, ...rest }: GivenReminder): Promise<Outcome<Reminder, AddCode>> {
		const zone = await this.#zones.zoneOf(asker.userId);
		const now = this.#clock.now();
		const read = readWhen(when, now, zone);
		return read.ok ? this.#add(asker, { ...rest, dueAt: read.value }, now) : read;
	}

	async #add(asker: Asker, request: ReadRequest, now: number): Promise<Outcome<Reminder, AddCode>> {
		const checked = checkReminder(request, now);
		if (!checked.ok) return checked;
		const added = await this.#reminders.add({ ...asker, ...request, createdAt: now }, limits.perPerson);
		return added ? accept(added) : refuse('too-many', { max: limits.perPerson });
	}

	/** By slash the answer is what the reminder links to, and it exists only afterwards. */
	public async linkTo(id: number, messageId: string): Promise<void> {
		await this.#reminders.setMessage(id, messageId);
	}

	/** A person's reminders still to come: in a server those of the server, elsewhere all. */
	public list(userId: string, guildId: string | null): Promise<readonly Reminder[]> {
		return guildId === null ? this.#reminders.active(userId) : this.#reminders.active(userId, guildId);
	}

	public async edit(asker: Asker, id: number, field: EditField, value: string): Promise<Outcome<Reminder, EditCode>> {
		const zone = field === 'time' ? await this.#zones.zoneOf(asker.userId) : null;
		const now = this.#clock.now();
		const read = readChange(field, value, now, zone, asker);
		if (!read.ok) return read;
		const checked = checkReminder(read.value, now);
		if (!checked.ok) return checked;
		const changed = await this.#reminders.change(id, asker.userId, read.value);
		return changed ? accept(changed) : refuse('unknown', { id });
	}

	/** Answers how many were there. */
	public stop(userId: string, ids: readonly number[]): Promise<number> {
		return this.#reminders.remove(userId, ids);
	}

	/** Puts the delivery number `occurrence` of a reminder off by `ms`. */
	public async snooze(userId: string, id: number, occurrence: number, ms: number): Promise<Outcome<Reminder, SnoozeCode | 'too-many'>> {
		const now = this.#clock.now();
		const reminder = await this.#reminders.find(id);
		const decision = decideSnooze(reminder, userId, occurrence, now);
		if (!decision.ok) return decision;
		if (!reminder) return refuse('unknown');
		const snoozed =
			decision.value === 'again'
				? await this.#reminders.again(reminder, now + ms, limits.perPerson)
				: await this.#reminders.putOff(reminder, occurrence, now + ms, now, limits.perPerson);
		if (snoozed === 'full') return refuse('too-many', { max: limits.perPerson });
		return snoozed === 'gone' ? refuse('already-snoozed') : accept(snoozed);
	}

	/** The person has seen it: a one-time reminder goes, a series goes on. Safe to call twice. */
	public async done(userId: string, id: number): Promise<Outcome<null, 'unknown'>> {
		const reminder = await this.#reminders.find(id);
		if (reminder && reminder.userId !== userId) return refuse('unknown');
		if (reminder && reminder.everyMs === null && reminder.sentAt !== null) await this.#reminders.remove(userId, [id]);
		return accept(null);
	}

	/** Delivers the reminder of a due timer, unless it was taken back or moved since. */
	public async deliverDue(timer: DueTimer): Promise<TimerResult> {
		const reminder = await this.#reminders.find(Number(timer.key));
		const decision = decideDue(reminder, this.#clock.now());
		if (decision.action === 'nothing' || !reminder) return 'done';
		if (decision.action === 'wait') return { later: decision.ms };

		const delivery = await this.#poster.post(reminder, decision.lateMs);
		const now = this.#clock.now();
		if (delivery === 'undeliverable') {
			await this.#reminders.drop(reminder, timer);
			return 'done';
		}
		const nextAt = await this.#next(reminder, now);
		if (delivery === 'sent') {
			await this.#reminders.delivered(reminder, now, nextAt, timer);
			return 'done';
		}
		if (nextAt === null || timer.attempts < lastTry) return 'retry';
		await this.#reminders.skip(reminder, nextAt, timer);
		return 'done';
	}

	async #next({ userId, dueAt, everyMs, seriesAt }: Reminder, now: number): Promise<number | null> {
		if (everyMs === null) return null;
		return nextOccurrence(seriesAt ?? dueAt, everyMs, now, (await this.#zones.zoneOf(userId)) ?? 'UTC');
	}
}

function readChange(
	field: EditField,
	value: string,
	now: number,
	zone: string | null,
	{ guildId, channelId, messageId }: Asker
): Outcome<ReminderChange, EditCode> {
	switch (field) {
		case 'time': {
			const at = readWhen(value, now, zone);
			return at.ok ? accept({ dueAt: at.value }) : at;
		}
		case 'text':
			return accept({ text: value.trim() });
		case 'every': {
			if (endsRepeating(value)) return accept({ everyMs: null });
			const everyMs = parseEvery(value);
			return everyMs === null ? refuse('no-every', { given: value }) : accept({ everyMs });
		}
		case 'where': {
			const where = value.trim().toLowerCase();
			if (/^(?:in )?dms?$/.test(where)) return accept({ inDm: true });
			// Where it is said, which need not be where it was set.
			if (/^(?:here|channel)$/.test(where)) return accept({ inDm: false, place: { guildId, channelId, messageId } });
			return refuse('no-where', { given: value });
		}
	}
}
