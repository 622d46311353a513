import type { Json } from '#lib/data/keyValue.js';
import type { KeyValueLogger } from './logger.js';

type Listener = (message: Json) => void;

/** The listeners of this process by channel. One that throws is logged and does not stop the others. */
export class LocalBus {
	readonly #listeners = new Map<string, Set<Listener>>();
	readonly #logger: KeyValueLogger;

	public constructor(logger: KeyValueLogger) {
		this.#logger = logger;
	}

	public get channels(): readonly string[] {
		return [...this.#listeners.keys()];
	}

	/** True when it is the channel's first listener. */
	public add(channel: string, listener: Listener): boolean {
		const listeners = this.#listeners.get(channel);
		if (listeners) {
			listeners.add(listener);
			return false;
		}
		this.#listeners.set(channel, new Set([listener]));
		return true;
	}

	/** True when it was the channel's last listener. */
	public remove(channel: string, listener: Listener): boolean {
		const listeners = this.#listeners.get(channel);
		if (!listeners?.delete(listener) || listeners.size > 0) return false;
		return this.#listeners.delete(channel);
	}

	/** Each listener gets a value of its own, as it would from another process. */
	public deliver(channel: string, text: string): void {
		for (const listener of this.#listeners.get(channel) ?? []) {
			try {
				listener(JSON.parse(text));
			} catch (error) {
				this.#logger.error(`A listener of "${channel}" failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
			}
		}
	}
}
