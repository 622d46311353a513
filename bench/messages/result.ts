import { cpus } from 'node:os';
import type { Measured } from './meter.js';

interface Figure {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

export interface Result {
	/** Messages a second of Evict against bare discord.js, by CPU time: 1 is as fast, 0.5 half as fast. Target: at least 0.80. */
	readonly ratioToBare: number;
	/** The same by the machine's time. */
	readonly wallRatioToBare: number;
	/** SQL statements and Redis commands of Evict for one message, the timer loop excluded. Target: 0 reads, at most 0.002 writes. */
	readonly statementsPerMessage: number;
	readonly statements: Readonly<Record<string, number>>;
	readonly contestants: Readonly<
		Record<string, { readonly cpuMicrosecondsPerMessage: Figure; readonly messagesPerSecond: Figure; readonly rssMegabytes: number }>
	>;
	readonly rounds: number;
	readonly messagesPerRound: number;
	readonly machine: string;
}

export function summarise(
	measured: ReadonlyMap<string, readonly Measured[]>,
	{ rounds, events }: { rounds: number; events: number }
): Result {
	const contestants = Object.fromEntries(
		[...measured].map(([name, all]) => [
			name,
			{
				cpuMicrosecondsPerMessage: figure(all.map((one) => one.cpuMicroseconds / one.messages)),
				messagesPerSecond: figure(all.map((one) => (one.messages / one.wallMilliseconds) * 1000)),
				rssMegabytes: Math.round((all.at(-1)?.rssBytes ?? 0) / 2 ** 20)
			}
		])
	);
	const { bare, evict } = contestants;
	if (bare === undefined || evict === undefined) throw new Error('Bare discord.js or Evict was not measured');
	const ours = measured.get('evict') ?? [];
	const statements: Record<string, number> = {};
	for (const { statements: round } of ours)
		for (const [name, count] of Object.entries(round)) statements[name] = (statements[name] ?? 0) + count;
	const total = Object.values(statements).reduce((sum, count) => sum + count, 0);
	return {
		ratioToBare: round3(bare.cpuMicrosecondsPerMessage.median / evict.cpuMicrosecondsPerMessage.median),
		wallRatioToBare: round3(evict.messagesPerSecond.median / bare.messagesPerSecond.median),
		statementsPerMessage: total / (rounds * events),
		statements,
		contestants,
		rounds,
		messagesPerRound: events,
		machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`
	};
}

export function showTable({
	contestants,
	ratioToBare,
	wallRatioToBare,
	statementsPerMessage,
	statements,
	rounds,
	messagesPerRound
}: Result): string {
	const rows = Object.entries(contestants).map(([name, { cpuMicrosecondsPerMessage: cpu, messagesPerSecond: rate, rssMegabytes }]) =>
		[
			name.padEnd(8),
			`${cpu.median.toFixed(1)} µs`.padStart(10),
			`(${cpu.least.toFixed(1)}–${cpu.most.toFixed(1)})`.padStart(14),
			`${Math.round(rate.median)}/s`.padStart(10),
			`${rssMegabytes} MB`.padStart(8)
		].join(' ')
	);
	return [
		`${rounds} rounds of ${messagesPerRound} messages; CPU time a message (least–most), rate at saturation, memory`,
		...rows,
		`ratio to bare discord.js: ${ratioToBare} by CPU, ${wallRatioToBare} by the clock`,
		`statements a message: ${statementsPerMessage} ${JSON.stringify(statements)}`,
		''
	].join('\n');
}

function figure(values: readonly number[]): Figure {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
	return { median: round3(middle), least: round3(sorted[0] ?? 0), most: round3(sorted.at(-1) ?? 0) };
}

function round3(value: number): number {
	return Math.round(value * 1000) / 1000;
}
