import type { Json, KeyValue } from '#lib/data/keyValue.js';
import { LocalBus } from './localBus.js';
import { LocalLocks } from './localLocks.js';
import { LocalStore } from './localStore.js';
import type { KeyValueLogger } from './logger.js';

/** Keys at most: some 200 bytes each. */
const defaultMax = 50_000;

/** The key-value store of a bot that runs in one process. What is in it is lost with the process. */
export class MemoryKeyValue implements KeyValue {
	public readonly shared = false;
	public readonly healthy = true;
	readonly #store: LocalStore;
	readonly #locks = new LocalLocks();
	readonly #bus: LocalBus;

	public constructor(options: { logger: KeyValueLogger; max?: number }) {
		this.#store = new LocalStore(options.max ?? defaultMax);
		this.#bus = new LocalBus(options.logger);
	}

	public async get<T extends Json>(key: string): Promise<T | null> {
		const text = this.#store.get(key);
		return text === undefined ? null : JSON.parse(text);
	}

	public async set(key: string, value: Json, ttlMs?: number): Promise<void> {
		this.#store.set(key, JSON.stringify(value), ttlMs);
	}

	public async setIfAbsent(key: string, value: Json, ttlMs: number): Promise<boolean> {
		return this.#store.setIfAbsent(key, JSON.stringify(value), ttlMs);
	}

	public async delete(...keys: string[]): Promise<void> {
		for (const key of keys) this.#store.delete(key);
	}

	public async increment(key: string, by: number, ttlMs: number): Promise<number> {
		return this.#store.increment(key, by, ttlMs);
	}

	public withLock<T>(key: string, options: { ttlMs: number; waitMs: number }, work: () => Promise<T>): Promise<T> {
		return this.#locks.run(key, options.waitMs, work);
	}

	public async publish(channel: string, message: Json): Promise<void> {
		this.#bus.deliver(channel, JSON.stringify(message));
	}

	public async subscribe(channel: string, listener: (message: Json) => void): Promise<() => Promise<void>> {
		this.#bus.add(channel, listener);
		return async () => {
			this.#bus.remove(channel, listener);
		};
	}

	/** Nothing can be lost on the way within one process: never called. */
	public onResubscribed(): () => void {
		return () => undefined;
	}

	public async close(): Promise<void> {
		this.#store.clear();
	}
}

export function memoryKeyValue(options: { logger: KeyValueLogger; max?: number }): KeyValue {
	return new MemoryKeyValue(options);
}
