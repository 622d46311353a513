/** Tells what was done to the clock, so that a listener in another process can follow it. */
export interface ClockReading {
	/** Milliseconds since 1970, as everybody in this world sees them. */
	now: number;
	/** How far this world is ahead of the machine's clock, in milliseconds. */
	offset: number;
	/** Grows by one with every change of the offset. */
	revision: number;
}

interface Alarm {
	at: number;
	ring: () => void;
	timer: NodeJS.Timeout | null;
}

/**
 * The world's time: the machine's clock plus an offset that tests move.
 * Alarms set here ring when this clock reaches them, whether by waiting or by `advance`.
 */
export class Clock {
	#offset = 0;
	#revision = 0;
	readonly #alarms = new Set<Alarm>();
	readonly #listeners = new Set<(reading: ClockReading) => void>();

	now(): number {
		return Date.now() + this.#offset;
	}

	read(): ClockReading {
		return { now: this.now(), offset: this.#offset, revision: this.#revision };
	}

	/** Moves this world forward by `ms` and rings everything that became due, in order. */
	advance(ms: number): void {
		this.setOffset(this.#offset + ms);
	}

	/** Makes it `now` (milliseconds since 1970). */
	set(now: number): void {
		this.setOffset(now - Date.now());
	}

	setOffset(offset: number): void {
		this.#offset = offset;
		this.#revision++;
		this.#ringDue();
		const reading = this.read();
		for (const listener of this.#listeners) listener(reading);
	}

	/** Calls `listener` after every change of the offset; the answer stops that. */
	onChange(listener: (reading: ClockReading) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Rings once, `ms` from now on this clock; the answer cancels it. */
	after(ms: number, ring: () => void): () => void {
		const alarm: Alarm = { at: this.now() + ms, ring, timer: null };
		this.#alarms.add(alarm);
		this.#arm(alarm);
		return () => this.#drop(alarm);
	}

	/** Cancels every alarm; nothing rings afterwards. */
	stop(): void {
		for (const alarm of [...this.#alarms]) this.#drop(alarm);
		this.#listeners.clear();
	}

	#arm(alarm: Alarm): void {
		if (alarm.timer !== null) clearTimeout(alarm.timer);
		// Node's timers hold 31 bits of milliseconds; a longer wait is taken in steps.
		const wait = Math.min(Math.max(alarm.at - this.now(), 0), 2 ** 31 - 1);
		alarm.timer = setTimeout(() => this.#ringDue(), wait);
		alarm.timer.unref();
	}

	#ringDue(): void {
		const now = this.now();
		const due: Alarm[] = [];
		for (const alarm of this.#alarms) {
			if (alarm.at <= now) due.push(alarm);
			else this.#arm(alarm);
		}
		due.sort((a, b) => a.at - b.at);
		for (const alarm of due) {
			if (!this.#alarms.has(alarm)) continue;
			this.#drop(alarm);
			alarm.ring();
		}
	}

	#drop(alarm: Alarm): void {
		if (alarm.timer !== null) clearTimeout(alarm.timer);
		this.#alarms.delete(alarm);
	}
}
