import type { KeyValue } from '#lib/data/keyValue.js';
import type { KeyValueLogger } from './logger.js';
import { memoryKeyValue } from './memoryKeyValue.js';
import { redisKeyValue } from './redisKeyValue.js';

/** A start waits this long for Redis, then goes on without it. */
const firstConnectionMs = 2_000;

export interface KeyValueConfig {
	/** Null: no Redis, and nothing is tried. */
	readonly redisUrl: string | null;
	/** Stands before every key and channel. */
	readonly prefix?: string;
	readonly logger: KeyValueLogger;
}

/** Redis where it is configured, this process' memory otherwise. Never fails and never hangs. */
export async function openKeyValue({ redisUrl, prefix = 'evict:', logger }: KeyValueConfig): Promise<KeyValue> {
	if (redisUrl === null) return memoryKeyValue({ logger });
	const keyValue = redisKeyValue(redisUrl, { prefix, logger });
	await keyValue.connected(firstConnectionMs);
	return keyValue;
}
