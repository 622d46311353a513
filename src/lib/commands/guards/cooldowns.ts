import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import type { Leaf } from '../leaf.js';

interface Bucket {
	readonly key: string;
	readonly uses: number;
	readonly seconds: number;
	/** A person's bucket in every server: shared by all processes. */
	readonly shared: boolean;
}

interface Caller {
	readonly userId: string;
	readonly guildId: string | null;
	readonly channelId: string;
}

export interface CoolingDown {
	/** Until the next use, in seconds, at least one. */
	readonly seconds: number;
	/** The person was told in this window already. */
	readonly told: boolean;
}

interface Window {
	startedAt: number;
	used: number;
	told: boolean;
}

const MOST_WINDOWS = 50_000;

/** What every command costs a person in one place, and what an expensive one costs him everywhere. */
export const COMMON_LIMITS = {
	normal: { uses: 3, seconds: 5, scope: 'member' },
	expensive: { uses: 1, seconds: 5, scope: 'user' }
} as const;

/**
 * How often commands may be used. What a server or channel shares lives here, since one process serves it; what a person
 * uses up everywhere lives in the shared key-value store.
 *
 * Limits: features 1.13.
 */
export class Cooldowns {
	readonly #windows = new LRUCache<string, Window>({ max: MOST_WINDOWS });

	public constructor(
		private readonly keyValue: Pick<KeyValue, 'get' | 'set' | 'setIfAbsent' | 'increment'>,
		private readonly clock: Pick<Clock, 'now'>
	) {}

	/** Uses a command once; answers what stands in the way, or null. Nothing is used up when anything is. */
	public async use(leaf: Leaf, caller: Caller): Promise<CoolingDown | null> {
		const buckets = bucketsOf(leaf, caller);
		const local = buckets.filter((bucket) => !bucket.shared);
		const full = local.map((bucket) => this.#full(bucket)).find((one) => one !== null);
		if (full) return full;
		for (const bucket of buckets.filter((one) => one.shared)) {
			const startedAt = await this.#sharedStart(bucket);
			const used = await this.keyValue.increment(countKey(bucket, startedAt), 1, bucket.seconds * 1000);
			if (used > bucket.uses) return { seconds: Math.max(1, this.#left(bucket, { startedAt })), told: used > bucket.uses + 1 };
		}
		for (const bucket of local) this.#window(bucket).used += 1;
		return null;
	}

	/** Looks without using anything up. */
	public async peek(leaf: Leaf, caller: Caller): Promise<{ readonly seconds: number } | null> {
		for (const bucket of bucketsOf(leaf, caller)) {
			const window = bucket.shared ? await this.#sharedWindow(bucket) : this.#windows.get(bucket.key);
			if (window && window.used >= bucket.uses && this.#left(bucket, window) > 0) return { seconds: this.#left(bucket, window) };
		}
		return null;
	}

	/** When the window of a shared bucket began, which is at its first use: so that two uses never lie on either side of an edge. */
	async #sharedStart(bucket: Bucket): Promise<number> {
		const key = startKey(bucket);
		const now = this.clock.now();
		const windowMs = bucket.seconds * 1000;
		if (await this.keyValue.setIfAbsent(key, now, windowMs)) return now;
		const startedAt = await this.keyValue.get<number>(key);
		// Clocks of two processes differ a little; one that was moved opens the window again.
		if (startedAt !== null && Math.abs(now - startedAt) < windowMs) return startedAt;
		await this.keyValue.set(key, now, windowMs);
		return now;
	}

	async #sharedWindow(bucket: Bucket): Promise<Pick<Window, 'startedAt' | 'used'> | null> {
		const startedAt = await this.keyValue.get<number>(startKey(bucket));
		if (startedAt === null) return null;
		return { startedAt, used: (await this.keyValue.get<number>(countKey(bucket, startedAt))) ?? 0 };
	}

	#full(bucket: Bucket): CoolingDown | null {
		const window = this.#window(bucket);
		if (window.used < bucket.uses) return null;
		const { told } = window;
		window.told = true;
		return { seconds: Math.max(1, this.#left(bucket, window)), told };
	}

	#left({ seconds }: Bucket, { startedAt }: Pick<Window, 'startedAt'>): number {
		return Math.ceil((startedAt + seconds * 1000 - this.clock.now()) / 1000);
	}

	#window(bucket: Bucket): Window {
		const now = this.clock.now();
		const kept = this.#windows.get(bucket.key);
		// A clock that was put back must not make anybody wait.
		if (kept !== undefined && kept.startedAt <= now && now < kept.startedAt + bucket.seconds * 1000) return kept;
		const fresh = { startedAt: now, used: 0, told: false };
		this.#windows.set(bucket.key, fresh);
		return fresh;
	}
}

const startKey = ({ key }: Bucket) => `cooldown:${key}`;
const countKey = ({ key }: Bucket, startedAt: number) => `cooldown:${key}:${startedAt}`;

function bucketsOf({ id, cooldown }: Leaf, { userId, guildId, channelId }: Caller): readonly Bucket[] {
	const place = guildId ?? channelId;
	const everyCommand: Bucket[] = [
		{ key: `member:${place}:${userId}`, ...limitOf('normal'), shared: false },
		{ key: `channel:${channelId}`, uses: 8, seconds: 5, shared: false }
	];
	if (cooldown === 'normal') return everyCommand;
	if (cooldown === 'expensive') {
		const own: Bucket = { key: `expensive:${userId}`, ...limitOf('expensive'), shared: true };
		return [...everyCommand, { key: `expensive-guild:${place}`, uses: 3, seconds: 10, shared: false }, own];
	}
	const { uses, seconds, scope } = cooldown;
	const owner = { member: `${place}:${userId}`, channel: channelId, guild: place, user: userId }[scope];
	return [...everyCommand, { key: `${id}:${scope}:${owner}`, uses, seconds, shared: scope === 'user' }];
}

function limitOf(name: keyof typeof COMMON_LIMITS): Pick<Bucket, 'uses' | 'seconds'> {
	const { uses, seconds } = COMMON_LIMITS[name];
	return { uses, seconds };
}
