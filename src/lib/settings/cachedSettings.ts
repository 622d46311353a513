/** Where a module's settings of a server lie. Only what was changed is stored: the rest comes from the defaults. */
export interface SettingsSource<T extends object> {
	read(guildId: string): Promise<Partial<T> | null>;
	/** One statement, however many servers; those without a row are left out. */
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, Partial<T>>>;
}

export interface SettingsEntry<T, D> {
	readonly settings: T;
	readonly derived: D;
}

export interface CachedSettingsOptions<T extends object, D> {
	readonly defaults: T;
	readonly source: SettingsSource<T>;
	/** Made once for each value of the settings and dropped with it. */
	readonly derive: (settings: T, guildId: string) => D;
}

/**
 * A guild's settings for one module, kept in memory until somebody changes them.
 *
 * `get` answers at once when the entry is warm, so a listener on the hot path need not await. What is costly to make
 * from settings (a compiled filter, a parsed template) belongs in `derive`: it is dropped together with its source.
 */
export class CachedSettings<T extends object, D = undefined> {
	readonly #options: CachedSettingsOptions<T, D>;
	readonly #entries = new Map<string, SettingsEntry<T, D>>();
	readonly #loading = new Map<string, Promise<SettingsEntry<T, D>>>();
	#serves: (guildId: string) => boolean = () => true;

	public constructor(options: CachedSettingsOptions<T, D>) {
		this.#options = options;
	}

	public get size(): number {
		return this.#entries.size;
	}

	/** The settings, without a promise when they are warm. A failed read rejects and is not remembered. */
	public get(guildId: string): SettingsEntry<T, D> | Promise<SettingsEntry<T, D>> {
		return this.#entries.get(guildId) ?? this.#loading.get(guildId) ?? this.#read(guildId);
	}

	/** The settings if they are warm. */
	public peek(guildId: string): SettingsEntry<T, D> | undefined {
		return this.#entries.get(guildId);
	}

	/** Forgets what is known; a read under way is not kept, since it may have seen the old row. */
	public evict(guildId: string): void {
		this.#entries.delete(guildId);
		this.#loading.delete(guildId);
	}

	public evictAll(): void {
		this.#entries.clear();
		this.#loading.clear();
	}

	/** Keeps only entries of servers for which `serves` answers true, so that memory is bounded by them. */
	public boundTo(serves: (guildId: string) => boolean): void {
		this.#serves = serves;
	}

	/** Reads what is not warm yet with one statement; who asks meanwhile waits for that one. */
	public async warm(guildIds: readonly string[]): Promise<void> {
		const cold = guildIds.filter((guildId) => !this.#entries.has(guildId) && !this.#loading.has(guildId));
		if (cold.length === 0) return;
		const all = this.#options.source.readMany(cold);
		const loads = cold.map((guildId) =>
			this.#load(
				guildId,
				all.then((rows) => rows.get(guildId) ?? null)
			)
		);
		await Promise.all(loads);
	}

	#read(guildId: string): Promise<SettingsEntry<T, D>> {
		return this.#load(guildId, this.#options.source.read(guildId));
	}

	#load(guildId: string, reading: Promise<Partial<T> | null>): Promise<SettingsEntry<T, D>> {
		const run = async (): Promise<SettingsEntry<T, D>> => {
			try {
				const stored = await reading;
				const settings = { ...this.#options.defaults, ...stored };
				const entry = { settings, derived: this.#options.derive(settings, guildId) };
				// An eviction during the read removed this promise: what we hold may already be old, so it is not kept.
				if (this.#loading.get(guildId) === load && this.#serves(guildId)) this.#entries.set(guildId, entry);
				return entry;
			} finally {
				if (this.#loading.get(guildId) === load) this.#loading.delete(guildId);
			}
		};
		const load = run();
		this.#loading.set(guildId, load);
		return load;
	}
}

/** Settings from which nothing is made. */
export function nothingDerived(): undefined {
	return undefined;
}
