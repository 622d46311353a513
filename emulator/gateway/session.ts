import type { Account, JsonObject } from '../state/types.js';
import type { Connection } from './connection.js';

/** Discord keeps some events of a lost session for RESUME; how many is not documented. */
const REPLAY_LIMIT = 20_000;

interface Kept {
	seq: number;
	frame: string;
}

/** A logged-in gateway session: lives on for a while when its socket is lost. */
export class Session {
	seq = 0;
	connection: Connection | null = null;
	/** Set when the socket was lost and nothing may be resumed any more. */
	dead = false;
	presence: JsonObject | null = null;
	readonly #kept: Kept[] = [];
	#keptFrom = 0;

	constructor(
		readonly id: string,
		readonly account: Account,
		readonly intents: number,
		readonly shard: readonly [number, number],
		readonly largeThreshold: number
	) {}

	/** Sends an event, or keeps it for RESUME. `json` is the event's data, already written. */
	dispatch(type: string, json: string): void {
		const seq = ++this.seq;
		const frame = `{"t":"${type}","s":${seq},"op":0,"d":${json}}`;
		this.#kept.push({ seq, frame });
		if (this.#kept.length - this.#keptFrom > REPLAY_LIMIT) this.#forgetOld();
		this.connection?.send(frame);
	}

	/** Uses up a sequence number without sending: the event is lost on the way. */
	lose(type: string, json: string, replayable: boolean): void {
		const seq = ++this.seq;
		if (replayable) this.#kept.push({ seq, frame: `{"t":"${type}","s":${seq},"op":0,"d":${json}}` });
	}

	/** The frames after `seq`, or null when some of them are forgotten. */
	after(seq: number): string[] | null {
		if (seq > this.seq) return null;
		const oldest = this.#kept[this.#keptFrom];
		if (oldest !== undefined && seq < oldest.seq - 1) return null;
		return this.#kept.filter((kept) => kept.seq > seq).map((kept) => kept.frame);
	}

	#forgetOld(): void {
		this.#keptFrom++;
		// Moving the array for each event would cost more than the events.
		if (this.#keptFrom >= REPLAY_LIMIT) {
			this.#kept.splice(0, this.#keptFrom);
			this.#keptFrom = 0;
		}
	}
}
