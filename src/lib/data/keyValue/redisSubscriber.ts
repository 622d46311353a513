import type { Json } from '#lib/data/keyValue.js';
import { LocalBus } from './localBus.js';
import type { KeyValueLogger } from './logger.js';
import { redisConnection, watchHeartbeat } from './redisConnection.js';

/** The one subscribed connection of a process. Channels asked for while Redis is away are subscribed when it is back. */
export class RedisSubscriber {
	readonly #redis;
	readonly #bus: LocalBus;
	readonly #resubscribed = new Set<() => void>();
	readonly #stopHeartbeat: () => void;
	readonly #onAway: (error: Error) => void;
	#live = false;
	#closed = false;

	public constructor(url: string, name: string, logger: KeyValueLogger, onAway: (error: Error) => void) {
		this.#bus = new LocalBus(logger);
		this.#onAway = onAway;
		this.#redis = redisConnection(url, name, onAway);
		this.#redis.on('message', (channel: string, text: string) => this.#bus.deliver(channel, text));
		this.#redis.on('ready', () => void this.#subscribeAll());
		this.#redis.on('close', () => {
			this.#live = false;
		});
		this.#stopHeartbeat = watchHeartbeat(this.#redis, { lost: (error) => this.#lost(error) });
		this.#redis.connect().catch(onAway);
	}

	public async subscribe(channel: string, listener: (message: Json) => void): Promise<() => Promise<void>> {
		this.#bus.add(channel, listener);
		if (this.#redis.status === 'ready') await this.#send(() => this.#redis.subscribe(channel));
		return async () => {
			if (this.#bus.remove(channel, listener) && this.#redis.status === 'ready') await this.#send(() => this.#redis.unsubscribe(channel));
		};
	}

	public onResubscribed(listener: () => void): () => void {
		this.#resubscribed.add(listener);
		return () => this.#resubscribed.delete(listener);
	}

	/** Hands a message to this process' own listeners when the way over Redis is closed. */
	public deliverHere(channel: string, text: string): void {
		this.#bus.deliver(channel, text);
	}

	public get live(): boolean {
		return this.#live;
	}

	public close(): void {
		this.#closed = true;
		this.#live = false;
		this.#stopHeartbeat();
		this.#redis.disconnect();
	}

	async #subscribeAll(): Promise<void> {
		const { channels } = this.#bus;
		if (channels.length > 0 && !(await this.#send(() => this.#redis.subscribe(...channels)))) return;
		if (this.#closed) return;
		this.#live = true;
		for (const listener of this.#resubscribed) listener();
	}

	/** A subscription that failed is made again with the next connection, so one is asked for. */
	async #send(command: () => Promise<unknown>): Promise<boolean> {
		try {
			await command();
			return true;
		} catch (error) {
			this.#lost(error instanceof Error ? error : new Error(String(error)));
			return false;
		}
	}

	#lost(error: Error): void {
		if (this.#closed) return;
		this.#onAway(error);
		if (this.#redis.status === 'ready') this.#redis.disconnect(true);
	}
}
