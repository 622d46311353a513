import { randomUUID } from 'node:crypto';
import type { Clock } from '#lib/core/clock.js';
import type { Json, KeyValue } from '#lib/data/keyValue.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { CachedSettings } from './cachedSettings.js';
import { EventCatchUp } from './eventCatchUp.js';
import type { PersonSet } from './personSet.js';
import { type ConfigChangeRow, recordChange, type SettingsDatabase, type Transaction } from './repository.js';
import { untilDone } from './retry.js';

const channel = 'settings';
/** However good the subscription looks: a publish that was lost is made up for within this. */
const catchUpEveryMs = 60_000;

type GuildSettings = Pick<CachedSettings<object, unknown>, 'evict' | 'evictAll' | 'warm' | 'boundTo'>;
type Persons = Pick<PersonSet<NonNullable<unknown>>, 'evict' | 'evictAll' | 'load' | 'isUnknown' | 'loaded'>;

/** Who changed what. Settings of persons (`guildId: null`) are no business of a server's record: they are only announced. */
export type Change = ConfigChangeRow | { readonly guildId: null };

/** Notes in the running transaction that `key` of `slot` was changed; told to everybody after the commit. */
export type RecordChange = (slot: string, key: string, change: Change) => Promise<void>;

export interface SettingsHubOptions {
	readonly database: SettingsDatabase;
	readonly keyValue: KeyValue;
	readonly clock: Clock;
	readonly logger: { warn(message: string): void };
}

/**
 * Every settings slot of the house: what is kept in memory, and how a change reaches all who keep it.
 *
 * A write, its record and its event are one transaction; afterwards the entry here is dropped and the event published.
 * A process that could not hear (a lost connection, a lost message) reads the events since it last did.
 */
export class SettingsHub {
	readonly #options: SettingsHubOptions;
	readonly #origin = randomUUID();
	readonly #settings = new Map<string, GuildSettings>();
	readonly #persons = new Map<string, Persons>();
	readonly #served = new Set<string>();
	readonly #loads = new Map<Persons, Promise<void>>();
	readonly #closing = new AbortController();
	readonly #catchUp: EventCatchUp;
	readonly #undo: (() => unknown)[] = [];
	readonly #listeners: ((key: string | null) => void)[] = [];
	/** We could not publish: the others are being asked to catch up. */
	#asking = false;

	public constructor(options: SettingsHubOptions) {
		this.#options = options;
		this.#catchUp = new EventCatchUp(options.database, {
			evict: (slot, key) => this.#drop(slot, key),
			evictAll: () => this.#dropAll()
		});
	}

	/** A slot has one name in the whole house; registering it twice throws. */
	public register(slot: string, kept: GuildSettings | Persons): void {
		if (this.#settings.has(slot) || this.#persons.has(slot)) throw new Error(`The settings slot "${slot}" is registered twice`);
		if ('load' in kept) {
			this.#persons.set(slot, kept);
			return;
		}
		kept.boundTo((guildId) => this.#served.has(guildId));
		this.#settings.set(slot, kept);
	}

	/** Listens for changes of other processes. Call it before anything is read; it does not wait for a database that is away. */
	public async start(): Promise<void> {
		const { keyValue } = this.#options;
		if (!keyValue.shared) {
			this.#loadPersons();
			return;
		}
		this.#undo.push(await keyValue.subscribe(channel, (message) => this.#onMessage(message)));
		this.#undo.push(keyValue.onResubscribed(() => void this.#catchUpSoon()));
		const timer = setInterval(() => void this.#catchUpSoon(), catchUpEveryMs);
		timer.unref();
		this.#undo.push(() => clearInterval(timer));
		// Its first reading loads the persons: known early, so that the first messages after READY find them.
		void this.#catchUpSoon();
	}

	/**
	 * When a shard is there: its servers, and everyone who has something, with one statement per slot for what is not known yet.
	 *
	 * False when storage is away: persons are then loaded as soon as it is back, servers when they are asked for.
	 */
	public async warmUp(guildIds: readonly string[]): Promise<boolean> {
		for (const guildId of guildIds) this.#served.add(guildId);
		const settings = [...this.#settings.values()].map((kept) => kept.warm(guildIds));
		const persons = [...this.#persons.values()].filter((kept) => !kept.loaded).map((kept) => this.#load(kept));
		const results = await Promise.allSettled([...settings, ...persons]);
		return results.every((result) => result.status === 'fulfilled');
	}

	public guildJoined(guildId: string): void {
		this.#served.add(guildId);
	}

	/** Nothing of the server is kept from now on. */
	public guildLeft(guildId: string): void {
		this.#served.delete(guildId);
		for (const kept of this.#settings.values()) kept.evict(guildId);
	}

	public serves(guildId: string): boolean {
		return this.#served.has(guildId);
	}

	/**
	 * Changes one slot: `work`, the record and the event in one transaction. Answers what `work` answers.
	 *
	 * `change` may be made from that answer; null says that nothing was changed, and then nothing is recorded.
	 */
	public write<T>(
		slot: string,
		key: string,
		change: Change | ((result: T) => Change | null),
		work: (tx: Transaction) => Promise<T>
	): Promise<T> {
		return this.writeAll(async (tx, record) => {
			const result = await work(tx);
			const made = typeof change === 'function' ? change(result) : change;
			if (made !== null) await record(slot, key, made);
			return result;
		});
	}

	/** As `write` for changes of several slots or keys: call `record` for each, inside the transaction. */
	public async writeAll<T>(work: (tx: Transaction, record: RecordChange) => Promise<T>): Promise<T> {
		const { database, clock } = this.#options;
		let changed: [slot: string, key: string][] = [];
		try {
			return await database.transaction((tx) => {
				changed = [];
				return work(tx, async (slot, key, change) => {
					changed.push([slot, key]);
					await recordChange(tx, slot, key, change.guildId === null ? null : change, clock.now());
				});
			});
		} finally {
			// After a failure too: a connection cut during the commit does not say whether it took place.
			await this.#announce(changed);
		}
	}

	/** Tells what was dropped: a key of a slot, or null for everything. For what others made of settings. */
	public onDropped(listener: (key: string | null) => void): void {
		this.#listeners.push(listener);
	}

	public async close(): Promise<void> {
		this.#closing.abort();
		await Promise.all(this.#undo.map((undo) => undo()));
	}

	async #announce(changed: readonly (readonly [string, string])[]): Promise<void> {
		if (changed.length === 0) return;
		await Promise.all(changed.map(([slot, key]) => this.#drop(slot, key)));
		const { keyValue } = this.#options;
		if (!keyValue.shared) return;
		await keyValue.publish(channel, { origin: this.#origin, changed });
		if (!keyValue.healthy) void this.#askOthers();
	}

	/** Others may hear while we cannot speak: they are told to read the events as soon as we can. */
	async #askOthers(): Promise<void> {
		if (this.#asking) return;
		this.#asking = true;
		const { keyValue } = this.#options;
		const ask = async (): Promise<void> => {
			if (!keyValue.healthy) throw new Error('still away');
			await keyValue.publish(channel, { origin: this.#origin });
			if (!keyValue.healthy) throw new Error('away again');
		};
		await untilDone(ask, this.#closing.signal, () => undefined, { firstMs: 100, maxMs: 1_000 });
		this.#asking = false;
	}

	#onMessage(message: Json): void {
		if (message === null || typeof message !== 'object' || !('origin' in message) || message.origin === this.#origin) return;
		if (!Array.isArray(message.changed)) {
			void this.#catchUpSoon();
			return;
		}
		for (const pair of message.changed) {
			const [slot, key] = Array.isArray(pair) ? pair : [];
			if (typeof slot === 'string' && typeof key === 'string') void this.#drop(slot, key);
		}
	}

	#catchUpSoon(): Promise<boolean> {
		return untilDone(
			() => this.#catchUp.run(),
			this.#closing.signal,
			(error) => this.#warn('The settings that were changed elsewhere could not be read', error)
		);
	}

	#tell(key: string | null): void {
		for (const listener of this.#listeners) listener(key);
	}

	async #drop(slot: string, key: string): Promise<void> {
		this.#settings.get(slot)?.evict(key);
		this.#tell(key);
		const persons = this.#persons.get(slot);
		if (!persons) return;
		// Tried at once for the writer who waits; if storage is away it goes on in the background, and the key is "not loaded".
		await persons.evict(key).catch((error: unknown) => {
			this.#warn(`"${slot}" of a person could not be read`, error);
			void untilDone(
				async () => {
					if (persons.isUnknown(key)) await persons.evict(key);
				},
				this.#closing.signal,
				() => undefined
			);
		});
	}

	async #dropAll(): Promise<void> {
		for (const kept of this.#settings.values()) kept.evictAll();
		for (const kept of this.#persons.values()) kept.evictAll();
		this.#tell(null);
		this.#loads.clear();
		this.#loadPersons();
		// Not waited for either: who asks reads for himself.
		for (const kept of this.#settings.values()) void kept.warm([...this.#served]).catch(() => undefined);
	}

	/** Not waited for: the loads repeat by themselves. */
	#loadPersons(): void {
		for (const kept of this.#persons.values()) void this.#load(kept).catch(() => undefined);
	}

	/** One load of a set at a time. Rejects when the first try fails; goes on trying in the background then. */
	#load(persons: Persons): Promise<void> {
		const running = this.#loads.get(persons);
		if (running) return running;
		const load = this.#loadNow(persons).finally(() => {
			if (this.#loads.get(persons) === load) this.#loads.delete(persons);
		});
		this.#loads.set(persons, load);
		return load;
	}

	async #loadNow(persons: Persons): Promise<void> {
		try {
			await persons.load();
		} catch (error) {
			// That the database is away is told once, and not for each of the sets.
			if (!isStorageAway(error)) this.#warn('Settings of persons could not be loaded', error);
			void untilDone(
				async () => {
					if (!persons.loaded) await persons.load();
				},
				this.#closing.signal,
				() => undefined
			);
			throw error;
		}
	}

	#warn(what: string, error: unknown): void {
		this.#options.logger.warn(`${what} (${error instanceof Error ? error.message : String(error)}); it is tried again.`);
	}
}
