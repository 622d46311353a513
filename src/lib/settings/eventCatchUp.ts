import { currentXmin, missedEvents, type SettingsDatabase } from './repository.js';

export interface Evictions {
	evict(slot: string, key: string): unknown;
	evictAll(): unknown;
}

/** Reads the settings events that this process may have missed, and drops what they name. */
export class EventCatchUp {
	readonly #database: SettingsDatabase;
	readonly #evictions: Evictions;
	/** All transactions below this one are accounted for; undefined until the first reading. */
	#since: bigint | undefined;
	/** What the last reading saw: while an old transaction is open, the next one gets it again. */
	#seen: ReadonlySet<bigint> = new Set();
	#running: Promise<void> | undefined;

	public constructor(database: SettingsDatabase, evictions: Evictions) {
		this.#database = database;
		this.#evictions = evictions;
	}

	/** One reading at a time; who asks during one gets another after it, since that one may have begun too early. */
	public async run(): Promise<void> {
		const before = this.#running;
		if (before) await before.catch(() => undefined);
		if (this.#running && this.#running !== before) return this.#running;
		const reading = this.#read();
		this.#running = reading;
		try {
			await reading;
		} finally {
			if (this.#running === reading) this.#running = undefined;
		}
	}

	async #read(): Promise<void> {
		if (this.#since === undefined) {
			this.#since = await currentXmin(this.#database);
			// What was read before this moment may be older than it.
			this.#evictions.evictAll();
			return;
		}
		const { xmin, prunedUpTo, events } = await missedEvents(this.#database, this.#since);
		// Numbers that go backwards belong to another database (a restored copy).
		const lost = (prunedUpTo !== null && prunedUpTo >= this.#since) || xmin < this.#since;
		this.#since = xmin;
		if (lost) this.#evictions.evictAll();
		else for (const { id, slot, key } of events) if (!this.#seen.has(id)) this.#evictions.evict(slot, key);
		this.#seen = new Set(events.map(({ id }) => id));
	}
}
