/** So much in so long, for what Discord counts beside its buckets. Times are the emulator's, in milliseconds. */
export class Quota {
	readonly #used = new Map<string, number[]>();

	constructor(
		private readonly most: number,
		private readonly per: number
	) {}

	/** Milliseconds until `count` more fit; 0 when they fit now. */
	wait(key: string, now: number, count = 1): number {
		const used = this.#young(key, now);
		const tooMuch = used.length + count - this.most;
		if (tooMuch <= 0) return 0;
		const [oldest = now] = used.slice(tooMuch - 1);
		return oldest + this.per - now;
	}

	use(key: string, now: number, count = 1): void {
		const used = this.#young(key, now);
		for (let n = 0; n < count; n++) used.push(now);
		this.#used.set(key, used);
	}

	#young(key: string, now: number): number[] {
		return (this.#used.get(key) ?? []).filter((at) => now - at < this.per);
	}
}
