import { isStorageAway } from './storageAway.js';

export type Entries<V> = readonly (readonly [key: string, value: V])[];

export interface WriteBufferOptions<V> {
	/** For the log. */
	readonly name: string;
	/** Keys held at most; further ones are lost while storage is away. */
	readonly most: number;
	/** Keys in one write. */
	readonly batch: number;
	/** What is held when a key comes again before it was written. */
	merge(earlier: V, later: V): V;
	/** Writes them with one statement. May be called again for what it wrote when a connection broke in between. */
	write(entries: Entries<V>): Promise<void>;
	/** Told, one round later, what was written: to take back what meanwhile should not have been. */
	afterwards?(keys: readonly string[]): Promise<void>;
	readonly log: { warn(details: object, message: string): void; error(details: object, message: string): void };
}

/**
 * Small writes that may wait a few seconds and, in an outage, be lost: gathered here, written many at once.
 *
 * `add` is synchronous and asks nobody, so it may stand on the path of every message.
 */
export class WriteBuffer<V> {
	readonly #options: WriteBufferOptions<V>;
	#pending = new Map<string, V>();
	#written = new Set<string>();
	#running: Promise<void> | null = null;
	#timer: NodeJS.Timeout | null = null;
	/** Told once per outage. */
	#told = false;

	public constructor(options: WriteBufferOptions<V>) {
		this.#options = options;
	}

	public get size(): number {
		return this.#pending.size;
	}

	/** Flushes every `everyMs` real time. */
	public start(everyMs: number): void {
		this.#timer ??= setInterval(() => void this.flush(), everyMs).unref();
	}

	/** Writes what is left. What storage does not take now is lost. */
	public async close(): Promise<void> {
		if (this.#timer !== null) clearInterval(this.#timer);
		this.#timer = null;
		await this.flush();
		if (this.#pending.size > 0) this.#tell(`${this.#pending.size} are lost at the end of the process`);
	}

	/** False when there was no room. */
	public add(key: string, value: V): boolean {
		const earlier = this.#pending.get(key);
		if (earlier === undefined && this.#pending.size >= this.#options.most) {
			this.#tell(`there is no room for more than ${this.#options.most}: further ones are lost`);
			return false;
		}
		this.#pending.set(key, earlier === undefined ? value : this.#options.merge(earlier, value));
		// Half full before the next flush: much is going on, and there must be room for it.
		if (earlier === undefined && this.#timer !== null && this.#pending.size === Math.ceil(this.#options.most / 2)) void this.flush();
		return true;
	}

	/** Takes out what is not written yet; one that is being written is waited for. */
	public async take(key: string): Promise<V | undefined> {
		while (this.#running) await this.#running;
		const value = this.#pending.get(key);
		this.#pending.delete(key);
		return value;
	}

	/** Drops what is not written yet. */
	public drop(unwanted: (key: string) => boolean): void {
		for (const key of this.#pending.keys()) if (unwanted(key)) this.#pending.delete(key);
	}

	/** Resolves when everything added before was written, or could not be. Never rejects. */
	public async flush(): Promise<void> {
		while (this.#running) await this.#running;
		if (this.#pending.size === 0 && this.#written.size === 0) return;
		this.#running = this.#flushAll();
		try {
			await this.#running;
		} finally {
			this.#running = null;
		}
	}

	async #flushAll(): Promise<void> {
		await this.#lookBack();
		const rounds = Math.ceil(this.#pending.size / this.#options.batch);
		for (let round = 0; round < rounds; round += 1) if (!(await this.#writeBatch())) return;
		this.#told = false;
	}

	async #lookBack(): Promise<void> {
		const { afterwards, name, log } = this.#options;
		const keys = [...this.#written];
		this.#written = new Set();
		if (afterwards === undefined || keys.length === 0) return;
		try {
			await afterwards(keys);
		} catch (error) {
			if (isStorageAway(error)) this.#written = new Set(keys);
			else log.error({ err: error }, `What was written of ${name} could not be looked at again`);
		}
	}

	async #writeBatch(): Promise<boolean> {
		const { write, merge, batch, name, log, afterwards } = this.#options;
		const entries = [...this.#pending].slice(0, batch);
		for (const [key] of entries) this.#pending.delete(key);
		try {
			await write(entries);
			if (afterwards !== undefined) for (const [key] of entries) this.#written.add(key);
			return true;
		} catch (error) {
			if (!isStorageAway(error)) {
				// The same batch would fail again for ever.
				log.error({ err: error, count: entries.length }, `A batch of ${name} could not be written and is lost`);
				return true;
			}
			for (const [key, value] of entries) {
				const later = this.#pending.get(key);
				this.#pending.set(key, later === undefined ? value : merge(value, later));
			}
			return false;
		}
	}

	#tell(what: string): void {
		if (this.#told) return;
		this.#told = true;
		this.#options.log.warn({ waiting: this.#pending.size }, `Storage does not take ${this.#options.name}; ${what}`);
	}
}
