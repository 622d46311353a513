import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { LocalLocks } from './localLocks.js';
import { wholeTtl } from './localStore.js';
import { LockTimeoutError } from './lockTimeoutError.js';
import { releaseScript, renewScript } from './scripts.js';

/** Runs a command on Redis, or the other thing while it is away. */
export type RunOrFallBack = <T>(command: () => Promise<T>, whileAway: () => T) => Promise<T>;

/**
 * Locks that all processes see, each with a token of its holder: only he can let it go, and he keeps it while he works.
 *
 * While Redis is away a lock holds within this process only.
 */
export class RedisLocks {
	readonly #redis: Redis;
	readonly #run: RunOrFallBack;
	readonly #local = new LocalLocks();

	public constructor(redis: Redis, run: RunOrFallBack) {
		this.#redis = redis;
		this.#run = run;
	}

	public async hold<T>(key: string, options: { ttlMs: number; waitMs: number }, work: () => Promise<T>): Promise<T> {
		const until = performance.now() + options.waitMs;
		// First among ourselves, so that one process asks Redis for a key with one voice.
		return this.#local.run(key, options.waitMs, async () => {
			const token = randomUUID();
			const ttlMs = wholeTtl(options.ttlMs);
			while (!(await this.#take(key, token, ttlMs))) {
				if (performance.now() >= until) throw new LockTimeoutError(key, options.waitMs);
				await pause(20 + Math.random() * 40);
			}
			const renewal = setInterval(() => void this.#eval(renewScript, key, token, ttlMs), Math.max(20, ttlMs / 3));
			renewal.unref();
			try {
				return await work();
			} finally {
				clearInterval(renewal);
				await this.#eval(releaseScript, key, token);
			}
		});
	}

	#take(key: string, token: string, ttlMs: number): Promise<boolean> {
		return this.#run(
			async () => (await this.#redis.set(key, token, 'PX', ttlMs, 'NX')) === 'OK',
			() => true
		);
	}

	/** Never rejects: a lock that cannot be renewed or let go ends by itself, and the work's own outcome counts. */
	async #eval(script: string, key: string, ...values: (string | number)[]): Promise<void> {
		await this.#run<unknown>(
			() => this.#redis.eval(script, 1, key, ...values),
			() => undefined
		).catch(() => undefined);
	}
}
