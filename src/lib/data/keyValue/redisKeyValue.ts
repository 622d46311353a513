import type { Redis } from 'ioredis';
import type { Json, KeyValue } from '#lib/data/keyValue.js';
import { LocalStore, wholeTtl } from './localStore.js';
import type { KeyValueLogger } from './logger.js';
import { OutageJournal, replay } from './outageJournal.js';
import { OutageNotice } from './outageNotice.js';
import { isRedisAway, redisConnection, watchHeartbeat } from './redisConnection.js';
import { RedisLocks } from './redisLocks.js';
import { RedisSubscriber } from './redisSubscriber.js';
import { incrementScript } from './scripts.js';

const replayBatch = 500;

export interface RedisKeyValueOptions {
	/** Stands before every key and channel, so that several bots can share a server. */
	readonly prefix: string;
	readonly logger: KeyValueLogger;
}

/** The key-value store of a bot that runs in many processes. See `KeyValue` for what happens while Redis is away. */
export class RedisKeyValue implements KeyValue {
	public readonly shared = true;
	readonly #prefix: string;
	readonly #redis: Redis;
	readonly #subscriber: RedisSubscriber;
	readonly #notice: OutageNotice;
	readonly #stopHeartbeat: () => void;
	readonly #locks: RedisLocks;
	readonly #outage = { store: new LocalStore(10_000), journal: new OutageJournal() };
	readonly #waitingForReady = new Set<() => void>();
	#up = false;
	#recovering = false;
	#closed = false;

	public constructor(url: string, { prefix, logger }: RedisKeyValueOptions) {
		this.#prefix = prefix;
		this.#notice = new OutageNotice(logger);
		this.#redis = redisConnection(url, 'evict', (error) => this.#down(error));
		this.#locks = new RedisLocks(this.#redis, (command, whileAway) => this.#run(command, whileAway));
		this.#redis.on('ready', () => void this.#recover());
		this.#redis.on('close', () => this.#down(new Error('the connection was closed')));
		this.#stopHeartbeat = watchHeartbeat(this.#redis, {
			alive: () => void this.#recover(),
			lost: (error) => this.#down(error)
		});
		this.#subscriber = new RedisSubscriber(url, 'evict-subscriber', logger, (error) => {
			if (!this.#closed) this.#notice.away(error, Date.now());
		});
		this.#subscriber.onResubscribed(() => this.#tellWaiting());
		this.#redis.connect().catch((error: Error) => this.#down(error));
	}

	public get healthy(): boolean {
		return this.#up && this.#subscriber.live;
	}

	/** Waits for both connections, `withinMs` at most. False when Redis is away: the bot starts without it. */
	public async connected(withinMs: number): Promise<boolean> {
		if (this.healthy) return true;
		await new Promise<void>((resolve) => {
			const done = (): void => {
				clearTimeout(timer);
				this.#waitingForReady.delete(done);
				resolve();
			};
			const timer = setTimeout(done, withinMs);
			this.#waitingForReady.add(done);
		});
		return this.healthy;
	}

	public async get<T extends Json>(name: string): Promise<T | null> {
		const key = this.#key(name);
		const text = await this.#run(
			() => this.#redis.get(key),
			() => this.#outage.store.get(key) ?? null
		);
		return text === null ? null : JSON.parse(text);
	}

	public async set(name: string, value: Json, ttlMs?: number): Promise<void> {
		const key = this.#key(name);
		const text = JSON.stringify(value);
		await this.#run(
			() => (ttlMs === undefined ? this.#redis.set(key, text) : this.#redis.set(key, text, 'PX', wholeTtl(ttlMs))),
			() => {
				this.#outage.store.set(key, text, ttlMs);
				this.#outage.journal.add({ kind: 'set', key, text, until: ttlMs === undefined ? null : Date.now() + ttlMs });
			}
		);
	}

	public async setIfAbsent(name: string, value: Json, ttlMs: number): Promise<boolean> {
		const key = this.#key(name);
		const text = JSON.stringify(value);
		return this.#run(
			async () => (await this.#redis.set(key, text, 'PX', wholeTtl(ttlMs), 'NX')) === 'OK',
			() => {
				const taken = this.#outage.store.setIfAbsent(key, text, ttlMs);
				if (taken) this.#outage.journal.add({ kind: 'setIfAbsent', key, text, until: Date.now() + ttlMs });
				return taken;
			}
		);
	}

	public async delete(...names: string[]): Promise<void> {
		if (names.length === 0) return;
		const keys = names.map((name) => this.#key(name));
		await this.#run(
			() => this.#redis.del(...keys),
			() => {
				for (const key of keys) {
					this.#outage.store.delete(key);
					this.#outage.journal.add({ kind: 'delete', key });
				}
			}
		);
	}

	public async increment(name: string, by: number, ttlMs: number): Promise<number> {
		const key = this.#key(name);
		return this.#run(
			async () => Number(await this.#redis.eval(incrementScript, 1, key, by, wholeTtl(ttlMs))),
			() => {
				this.#outage.journal.add({ kind: 'increment', key, by, until: Date.now() + ttlMs });
				return this.#outage.store.increment(key, by, ttlMs);
			}
		);
	}

	public withLock<T>(name: string, options: { ttlMs: number; waitMs: number }, work: () => Promise<T>): Promise<T> {
		return this.#locks.hold(this.#key(`lock:${name}`), options, work);
	}

	public async publish(name: string, message: Json): Promise<void> {
		const channel = this.#key(name);
		const text = JSON.stringify(message);
		await this.#run(
			() => this.#redis.publish(channel, text),
			() => this.#subscriber.deliverHere(channel, text)
		);
	}

	public subscribe(name: string, listener: (message: Json) => void): Promise<() => Promise<void>> {
		return this.#subscriber.subscribe(this.#key(name), listener);
	}

	public onResubscribed(listener: () => void): () => void {
		return this.#subscriber.onResubscribed(listener);
	}

	public async close(): Promise<void> {
		if (this.#closed) return;
		this.#closed = true;
		this.#up = false;
		this.#stopHeartbeat();
		this.#subscriber.close();
		this.#redis.disconnect();
		for (const done of this.#waitingForReady) done();
	}

	#key(name: string): string {
		return this.#prefix + name;
	}

	async #run<T>(command: () => Promise<T>, whileAway: () => T): Promise<T>;
	async #run(command: () => Promise<unknown>, whileAway: () => void): Promise<unknown>;
	async #run<T>(command: () => Promise<T>, whileAway: () => T): Promise<T> {
		if (!this.#up) return whileAway();
		try {
			return await command();
		} catch (error) {
			if (!isRedisAway(error)) throw error;
			this.#down(error instanceof Error ? error : new Error(String(error)));
			return whileAway();
		}
	}

	#down(error: Error): void {
		if (this.#closed) return;
		this.#up = false;
		this.#notice.away(error, Date.now());
		// A server that answers with an error is asked again at the next heartbeat; a silent one gets a new connection.
		if (this.#redis.status === 'ready' && error.name !== 'ReplyError') this.#redis.disconnect(true);
	}

	/** Writes down what came during the outage, then serves again. What comes meanwhile is still kept here and written too. */
	async #recover(): Promise<void> {
		if (this.#up || this.#recovering) return;
		this.#recovering = true;
		if (await this.#writeJournal()) {
			this.#outage.store.clear();
			this.#up = true;
			this.#notice.back();
			this.#tellWaiting();
		}
		this.#recovering = false;
	}

	async #writeJournal(): Promise<boolean> {
		const { journal } = this.#outage;
		while (!journal.empty) {
			const entries = journal.take(replayBatch);
			try {
				// All or nothing, so that a connection cut half-way does not count an increment twice.
				const batch = this.#redis.multi();
				replay(entries, batch, Date.now());
				if (batch.length > 0) await batch.exec();
			} catch (error) {
				journal.putBack(entries);
				this.#down(error instanceof Error ? error : new Error(String(error)));
				return false;
			}
		}
		return !this.#closed && this.#redis.status === 'ready';
	}

	#tellWaiting(): void {
		if (this.healthy) for (const done of this.#waitingForReady) done();
	}
}

export function redisKeyValue(url: string, options: RedisKeyValueOptions): RedisKeyValue {
	return new RedisKeyValue(url, options);
}
