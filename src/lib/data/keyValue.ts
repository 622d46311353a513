/** Anything that JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * Shared state that may be lost: cooldowns, caches, claims, counters. One process: a bounded map. Many: Redis.
 *
 * While Redis is away, reads answer nothing and writes go to this process' own map: commands go on.
 */
export interface KeyValue {
	get<T extends Json>(key: string): Promise<T | null>;
	set(key: string, value: Json, ttlMs?: number): Promise<void>;
	/** True for the one caller who set it; the others find it taken. */
	setIfAbsent(key: string, value: Json, ttlMs: number): Promise<boolean>;
	delete(...keys: string[]): Promise<void>;
	/** Adds and answers the new value; the time to live starts with the first add. */
	increment(key: string, by: number, ttlMs: number): Promise<number>;
	/** Runs `work` while nobody else holds `key`; the lock is let go even when `work` throws. Rejects when not had within `waitMs`. */
	withLock<T>(key: string, options: { ttlMs: number; waitMs: number }, work: () => Promise<T>): Promise<T>;
	publish(channel: string, message: Json): Promise<void>;
	/** Answers an unsubscribe. */
	subscribe(channel: string, listener: (message: Json) => void): Promise<() => Promise<void>>;
	/** Called after every (re)connection of the subscriber: messages may have been lost before it. */
	onResubscribed(listener: () => void): () => void;
	/** True when other processes see what is written here. */
	readonly shared: boolean;
	readonly healthy: boolean;
	close(): Promise<void>;
}
