import { LRUCache } from 'lru-cache';

/** JSON texts with a time to live in this process' memory. The least recently used ones go first when it is full. */
export class LocalStore {
	readonly #entries: LRUCache<string, string>;

	/** `max` is the number of keys; `now` is real time in milliseconds, for times to live. */
	public constructor(max: number, now: () => number = () => performance.now()) {
		this.#entries = new LRUCache({ max, ttlResolution: 0, perf: { now } });
	}

	public get(key: string): string | undefined {
		return this.#entries.get(key);
	}

	public set(key: string, text: string, ttlMs?: number): void {
		this.#entries.set(key, text, ttlMs === undefined ? {} : { ttl: wholeTtl(ttlMs) });
	}

	public setIfAbsent(key: string, text: string, ttlMs: number): boolean {
		if (this.get(key) !== undefined) return false;
		this.set(key, text, ttlMs);
		return true;
	}

	public delete(key: string): void {
		this.#entries.delete(key);
	}

	/** The time to live starts with the first add. Throws when the key holds something that is no number. */
	public increment(key: string, by: number, ttlMs: number): number {
		const text = this.get(key);
		if (text === undefined) {
			this.set(key, String(by), ttlMs);
			return by;
		}
		const sum = Number(text) + by;
		if (!Number.isSafeInteger(sum)) throw new TypeError(`The value of "${key}" is not a whole number`);
		this.#entries.set(key, String(sum), { noUpdateTTL: true });
		return sum;
	}

	public clear(): void {
		this.#entries.clear();
	}
}

/** Redis takes whole milliseconds above 0 only; lru-cache reads 0 as "for ever". */
export function wholeTtl(ttlMs: number): number {
	return Math.max(1, Math.ceil(ttlMs));
}
