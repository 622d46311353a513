/** A metric as prom-client's registry writes it down. */
export interface WrittenHistogram {
	readonly name: string;
	readonly help: string;
	readonly type: 'histogram';
	readonly values: readonly {
		readonly metricName: string;
		readonly labels: Readonly<Record<string, string | number>>;
		readonly value: number;
	}[];
}

interface Times {
	/** How many fell into each bucket alone; the last is for those above all bounds. */
	readonly buckets: number[];
	/** Seconds. */
	sum: number;
	count: number;
}

/**
 * The time of each step, as a histogram of Prometheus.
 *
 * Observed several times for every message. A `Histogram` of prom-client looks its labels up at each call, which cost more than the steps
 * themselves; this one is a map of arrays, and is put into words when somebody reads /metrics.
 */
export class StepTimes {
	readonly #times = new Map<string, Times>();

	/** @param bounds upper bounds of the buckets in seconds, rising */
	public constructor(
		public readonly name: string,
		private readonly help: string,
		private readonly bounds: readonly number[]
	) {}

	public observe(step: string, seconds: number): void {
		let times = this.#times.get(step);
		if (times === undefined) {
			times = { buckets: new Array<number>(this.bounds.length + 1).fill(0), sum: 0, count: 0 };
			this.#times.set(step, times);
		}
		let bucket = 0;
		while (bucket < this.bounds.length && seconds > (this.bounds[bucket] as number)) bucket += 1;
		times.buckets[bucket] = (times.buckets[bucket] as number) + 1;
		times.sum += seconds;
		times.count += 1;
	}

	/** What prom-client's registry asks of a metric: buckets that count what lies below them too. */
	public async get(): Promise<WrittenHistogram> {
		const values = [...this.#times].flatMap(([step, { buckets, sum, count }]) => {
			let below = 0;
			const cumulative = buckets.map((inBucket, index) => {
				below += inBucket;
				return { metricName: `${this.name}_bucket`, labels: { step, le: this.bounds[index] ?? '+Inf' }, value: below };
			});
			return [
				...cumulative,
				{ metricName: `${this.name}_sum`, labels: { step }, value: sum },
				{ metricName: `${this.name}_count`, labels: { step }, value: count }
			];
		});
		return { name: this.name, help: this.help, type: 'histogram', values };
	}
}
