import type { Clock } from '#lib/core/clock.js';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
	readonly #listeners = new Set<() => void>();

	public constructor(public time = Date.UTC(2026, 0, 1)) {}

	public now(): number {
		return this.time;
	}

	public onJump(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	public advance(ms: number): void {
		this.time += ms;
		for (const listener of this.#listeners) listener();
	}
}
