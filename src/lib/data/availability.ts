import { backOff } from '#lib/core/backOff.js';

export type Availability = 'up' | 'down';

export interface WatcherOptions {
	/** Asks the database whether it is there; rejects when not. */
	readonly probe: () => Promise<unknown>;
	readonly onChange: (state: Availability, error: unknown) => void;
	/** Delays between two tries while it is away. */
	readonly retry?: { readonly firstMs: number; readonly maxMs: number };
}

const defaultRetry = { firstMs: 200, maxMs: 3_000 };

/** Knows whether the database is there: looks when somebody has doubts, and while it is away again and again. */
export class AvailabilityWatcher {
	readonly #options: WatcherOptions;
	readonly #stop = new AbortController();
	#state: Availability = 'down';
	#looking: Promise<void> | undefined;

	public constructor(options: WatcherOptions) {
		this.#options = options;
	}

	public get state(): Availability {
		return this.#state;
	}

	/** Looks once; rejects when it is away, in which case it goes on looking by itself. */
	public async look(): Promise<void> {
		try {
			await this.#options.probe();
		} catch (error) {
			this.#set('down', error);
			this.doubt();
			throw error;
		}
		this.#set('up', undefined);
	}

	/** Something went wrong that may mean an outage. Cheap to call often: only one search runs. */
	public doubt(): void {
		if (this.#stop.signal.aborted) return;
		this.#looking ??= this.#search().finally(() => {
			this.#looking = undefined;
		});
	}

	public async close(): Promise<void> {
		this.#stop.abort();
		await this.#looking;
	}

	async #search(): Promise<void> {
		const { signal } = this.#stop;
		for (let times = 1; !signal.aborted; times++) {
			try {
				await this.#options.probe();
				return this.#set('up', undefined);
			} catch (error) {
				this.#set('down', error);
			}
			await this.#pause(backOff(times, this.#options.retry ?? defaultRetry));
		}
	}

	#pause(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, milliseconds);
			this.#stop.signal.addEventListener('abort', () => {
				clearTimeout(timer);
				resolve();
			});
		});
	}

	#set(state: Availability, error: unknown): void {
		if (state === this.#state || this.#stop.signal.aborted) return;
		this.#state = state;
		this.#options.onChange(state, error);
	}
}
