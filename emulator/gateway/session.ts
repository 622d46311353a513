import type { Account, JsonObject, Snowflake } from '../state/types.js';
import type { Connection } from './connection.js';
import { ReplayLog } from './replayLog.js';

/** A logged-in gateway session: lives on for a while when its socket is lost. */
export class Session {
	seq = 0;
	connection: Connection | null = null;
	/** Set when the socket was lost and nothing may be resumed any more. */
	dead = false;
	presence: JsonObject | null = null;
	/** Guilds whose GUILD_CREATE is still to come: nothing of them is told before. */
	readonly pendingGuilds = new Set<Snowflake>();
	readonly #log = new ReplayLog();

	constructor(
		readonly id: string,
		readonly account: Account,
		readonly intents: number,
		readonly shard: readonly [number, number],
		readonly largeThreshold: number
	) {}

	/** Sends an event, or keeps it for RESUME. `json` is the event's data, already written. */
	dispatch(type: string, json: string): void {
		const frame = this.#frame(type, json);
		this.#log.add(this.seq, frame);
		this.connection?.send(frame);
	}

	/** Uses up a sequence number without sending: the event is lost on the way. */
	lose(type: string, json: string, replayable: boolean): void {
		const frame = this.#frame(type, json);
		if (replayable) this.#log.add(this.seq, frame);
	}

	/** The client has everything up to `seq`: it never needs that again. */
	acknowledge(seq: number): void {
		this.#log.forgetUpTo(Math.min(seq, this.seq));
	}

	/** The frames after `seq`, or null when some of them are forgotten, or it was never reached. */
	after(seq: number): string[] | null {
		return seq > this.seq ? null : this.#log.after(seq);
	}

	#frame(type: string, json: string): string {
		return `{"t":"${type}","s":${++this.seq},"op":0,"d":${json}}`;
	}
}
