/** What a contestant measured while it read its messages. */
export interface Measured {
	readonly messages: number;
	/** User and system time of the process, in microseconds. */
	readonly cpuMicroseconds: number;
	/** From the first to the last message, in milliseconds of the machine's time. */
	readonly wallMilliseconds: number;
	/** Of the whole process at the end. */
	readonly rssBytes: number;
	/** Statements and commands sent to the database and to Redis meanwhile, by what they belong to. */
	readonly statements: Readonly<Record<string, number>>;
}

export type MeterOrder = { readonly expect: number };
export type MeterReport = { readonly ready: true } | { readonly expecting: number } | { readonly measured: Measured };

const send = (report: MeterReport) => process.send?.(report);

/**
 * Counts messages by id in the process that is measured, and reports once all have come.
 *
 * @param statements the counters of SQL and Redis so far
 */
export function meter(statements: () => Record<string, number> | Promise<Record<string, number>> = () => ({})): {
	seen(): void;
	ready(): void;
} {
	let wanted = 0;
	let count = 0;
	let startedAt = 0;
	let cpu = process.cpuUsage();
	let before: Record<string, number> = {};

	const finish = async (wallMilliseconds: number, { user, system }: NodeJS.CpuUsage) => {
		const after = await statements();
		const difference = Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));
		send({
			measured: {
				messages: count,
				cpuMicroseconds: user + system,
				wallMilliseconds,
				rssBytes: process.memoryUsage.rss(),
				statements: Object.fromEntries(Object.entries(difference).filter(([, value]) => value !== 0))
			}
		});
	};

	process.on('message', async (order: MeterOrder) => {
		before = await statements();
		wanted = order.expect;
		count = 0;
		startedAt = 0;
		send({ expecting: wanted });
	});
	process.on('disconnect', () => process.exit(0));

	return {
		ready: () => send({ ready: true }),
		seen() {
			if (wanted === 0) return;
			if (count === 0) {
				startedAt = performance.now();
				cpu = process.cpuUsage();
			}
			count += 1;
			if (count < wanted) return;
			wanted = 0;
			const wall = performance.now() - startedAt;
			const used = process.cpuUsage(cpu);
			void finish(wall, used);
		}
	};
}
