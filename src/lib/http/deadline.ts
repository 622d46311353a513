import { HttpError } from './errors.js';

export interface DeadlineOptions {
	readonly timeoutMs: number;
	/** The caller's. */
	readonly signal?: AbortSignal | undefined;
	/** Aborted when the session closes. */
	readonly closing: AbortSignal;
}

/**
 * The end of one request with everything it does: waiting in line, redirects, retries, reading.
 *
 * Listeners are taken off again by `end`: `AbortSignal.any` on a signal that lives as long as the process would keep them.
 */
export class Deadline {
	readonly #controller = new AbortController();
	readonly #timer: NodeJS.Timeout;
	readonly #endsAt: number;
	readonly #watched: [AbortSignal, () => void][] = [];

	public constructor({ timeoutMs, signal, closing }: DeadlineOptions) {
		this.#endsAt = performance.now() + timeoutMs;
		this.#timer = setTimeout(() => this.#abort('timeout'), timeoutMs);
		this.#watch(closing, 'closed');
		if (signal !== undefined) this.#watch(signal, 'aborted');
	}

	public get signal(): AbortSignal {
		return this.#controller.signal;
	}

	/** Milliseconds. */
	public get remainingMs(): number {
		return Math.max(0, this.#endsAt - performance.now());
	}

	/** Why everything was stopped, once it was. */
	public get failure(): HttpError | undefined {
		const { reason } = this.signal;
		return reason instanceof HttpError ? reason : undefined;
	}

	public end(): void {
		clearTimeout(this.#timer);
		for (const [watched, listener] of this.#watched) watched.removeEventListener('abort', listener);
	}

	#watch(signal: AbortSignal, code: 'aborted' | 'closed'): void {
		const listener = () => this.#abort(code);
		if (signal.aborted) listener();
		signal.addEventListener('abort', listener, { once: true });
		this.#watched.push([signal, listener]);
	}

	#abort(code: 'timeout' | 'aborted' | 'closed'): void {
		this.#controller.abort(new HttpError(code));
	}
}
