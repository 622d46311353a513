/** Said instead of a value while it is not known: before the set is loaded, while one key is read anew, or storage is away. */
export const notLoaded: unique symbol = Symbol('notLoaded');

export interface PersonSource<T> {
	/** Everyone who has something: one statement. */
	readAll(): Promise<ReadonlyMap<string, T>>;
	/** Null when that person has nothing (any more). */
	read(key: string): Promise<T | null>;
}

/**
 * Everyone who has something (a prefix of his own, an opt-out, an AFK), complete in memory: absence is an answer, so that
 * a message of a person never seen before costs no query.
 *
 * Loaded in one statement, then kept by the settings events. A key is a user id, or `memberKey(guildId, userId)`.
 */
export class PersonSet<T extends NonNullable<unknown>> {
	readonly #source: PersonSource<T>;
	#entries = new Map<string, T>();
	#loaded = false;
	#load: symbol | undefined;
	/** The latest read of a key that is under way. */
	readonly #reading = new Map<string, symbol>();
	/** Keys that were changed but could not be read. */
	readonly #unknown = new Set<string>();
	/** Keys read since the load began: newer than what the load brings. */
	readonly #newer = new Set<string>();

	public constructor(source: PersonSource<T>) {
		this.#source = source;
	}

	public get loaded(): boolean {
		return this.#loaded;
	}

	public get size(): number {
		return this.#entries.size;
	}

	/** The value, null when there is none, or {@link notLoaded} when that is not known now. */
	public get(key: string): T | null | typeof notLoaded {
		if (!this.#loaded || this.#unknown.has(key)) return notLoaded;
		return this.#entries.get(key) ?? null;
	}

	/** As `get`, with an answer for when it is not known: the safe one for what hangs on it. */
	public getOr<U>(key: string, unknown: U): T | null | U {
		const value = this.get(key);
		return value === notLoaded ? unknown : value;
	}

	/** Reads the whole set. Rejects when storage is away: what was known before stays known. */
	public async load(): Promise<void> {
		const token = Symbol('load');
		this.#load = token;
		this.#newer.clear();
		const entries = new Map(await this.#source.readAll());
		if (this.#load !== token) return;
		for (const key of this.#newer) {
			const newer = this.#entries.get(key);
			if (newer === undefined) entries.delete(key);
			else entries.set(key, newer);
		}
		this.#newer.clear();
		this.#load = undefined;
		this.#entries = entries;
		this.#loaded = true;
	}

	/** Reads one key anew. Rejects when storage is away: the key is then not known until it, or the whole set, could be read. */
	public async evict(key: string): Promise<void> {
		const token = Symbol('read');
		this.#reading.set(key, token);
		try {
			const value = await this.#source.read(key);
			// A later change of the same key reads again: this answer may be older.
			if (this.#reading.get(key) !== token) return;
			if (value === null) this.#entries.delete(key);
			else this.#entries.set(key, value);
			this.#unknown.delete(key);
			if (this.#load) this.#newer.add(key);
		} catch (error) {
			if (this.#reading.get(key) === token) this.#unknown.add(key);
			throw error;
		} finally {
			if (this.#reading.get(key) === token) this.#reading.delete(key);
		}
	}

	/** True when the key was changed and could not be read since. */
	public isUnknown(key: string): boolean {
		return this.#unknown.has(key);
	}

	/** Forgets everything; `load` makes it known again. Reads under way are not kept. */
	public evictAll(): void {
		this.#reading.clear();
		this.#unknown.clear();
		this.#load = undefined;
		this.#loaded = false;
		this.#entries = new Map();
		this.#newer.clear();
	}
}

/** The key of a person in one server. */
export function memberKey(guildId: string, userId: string): string {
	return `${guildId}:${userId}`;
}

/** The two ids of a {@link memberKey}. */
export function idsOf(key: string): { guildId: string; userId: string } {
	const [guildId = '', userId = ''] = key.split(':');
	return { guildId, userId };
}
