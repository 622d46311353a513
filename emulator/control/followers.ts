/** Nobody waits longer for a follower that stands still. */
const patienceMs = 1_000;

/** The processes that have their time from here, and which change each of them has taken over. */
export class Followers {
	readonly #taken = new Map<string, number>();
	readonly #changed = new Set<() => void>();

	/** From now on changes wait for this one; the answer ends that. */
	join(name: string): () => void {
		this.#taken.set(name, 0);
		return () => {
			this.#taken.delete(name);
			this.#look();
		};
	}

	/** A follower has taken over everything up to a change. */
	took(name: string, revision: number): void {
		if (this.#taken.has(name)) this.#taken.set(name, revision);
		this.#look();
	}

	/** Resolves when every follower has taken over this change, has gone, or stands still. */
	async allTook(revision: number): Promise<void> {
		await new Promise<void>((resolve) => {
			const look = () => {
				if ([...this.#taken.values()].some((taken) => taken < revision)) return;
				done();
			};
			const done = () => {
				this.#changed.delete(look);
				clearTimeout(timer);
				resolve();
			};
			const timer = setTimeout(done, patienceMs);
			this.#changed.add(look);
			look();
		});
	}

	#look(): void {
		for (const look of this.#changed) look();
	}
}
