/** A message of ours that can be taken away. */
interface Removable {
	delete(): Promise<unknown>;
}

/** Messages that stay for a while only; what is left when the process ends goes at once. */
export class TimedRemovals {
	readonly #timers = new Map<Removable, NodeJS.Timeout>();

	public add(message: Removable, afterMs: number): void {
		const timer = setTimeout(() => void this.#remove(message), afterMs);
		timer.unref();
		this.#timers.set(message, timer);
	}

	public async removeAll(): Promise<void> {
		await Promise.allSettled([...this.#timers.keys()].map((message) => this.#remove(message)));
	}

	async #remove(message: Removable): Promise<void> {
		clearTimeout(this.#timers.get(message));
		this.#timers.delete(message);
		// What cannot be removed stays: a sentence too much does no harm.
		await message.delete().catch(() => undefined);
	}
}
