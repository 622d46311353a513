import { Counter, collectDefaultMetrics, Gauge, Histogram, type Metric, Registry } from 'prom-client';
import { StepTimes } from './stepTimes.js';

/** Seconds, from a millisecond to the three that Discord gives an interaction. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

/** Everything that is counted; read on /metrics. Labels have few values: never ids of people or servers. */
export interface Metrics {
	readonly registry: Registry;
	/** Messages read from the gateway; counted on the hot path, so without labels to look up. */
	readonly messages: Counter.Internal;
	/** Commands run, by their stable id. */
	readonly commands: Counter<'command' | 'flow'>;
	readonly commandSeconds: Histogram<'command' | 'flow'>;
	readonly refusals: Counter<'code'>;
	readonly errors: Counter<'where'>;
	/** Steps of the pipelines that failed, and the time of all, by name. */
	readonly stepErrors: Counter<'step'>;
	readonly stepTimes: StepTimes;
	/** Timers that came due, by kind and what became of them. */
	readonly timers: Counter<'kind' | 'outcome'>;
	/** SQL statements. */
	readonly sql: Counter<'kind'>;
	/** Requests to other servers: to Discord's interface and to the web. */
	readonly http: Counter<'client' | 'status'>;
	readonly httpSeconds: Histogram<'client'>;
}

/** One registry per process: nothing is global, so that tests may open many. */
export function openMetrics(options: { readonly process: boolean } = { process: true }): Metrics {
	const registry = new Registry();
	if (options.process) collectDefaultMetrics({ register: registry, prefix: 'evict_' });
	const registers = [registry];
	const counter = <L extends string>(name: string, help: string, labelNames: L[]) =>
		new Counter<L>({ name: `evict_${name}_total`, help, labelNames, registers });
	const histogram = <L extends string>(name: string, help: string, labelNames: L[]) =>
		new Histogram<L>({ name: `evict_${name}_seconds`, help, labelNames, registers, buckets });
	const stepTimes = new StepTimes('evict_step_seconds', 'Time a step of a pipeline took', buckets);
	// The registry asks no more of a metric than its name and `get`.
	registry.registerMetric(stepTimes as unknown as Metric);
	return {
		registry,
		messages: counter('messages', 'Messages read from the gateway', []).labels(),
		commands: counter('commands', 'Commands run', ['command', 'flow']),
		commandSeconds: histogram('command', 'Time a command took', ['command', 'flow']),
		refusals: counter('refusals', 'Refusals told to people', ['code']),
		errors: counter('errors', 'Unexpected errors, by where they came up', ['where']),
		stepErrors: counter('step_errors', 'Steps of the pipelines that failed', ['step']),
		stepTimes,
		timers: counter('timers', 'Timers that came due', ['kind', 'outcome']),
		sql: counter('sql', 'SQL statements', ['kind']),
		http: counter('http_requests', 'Requests to other servers', ['client', 'status']),
		httpSeconds: histogram('http_request', 'Time a request to another server took', ['client'])
	};
}

/** Figures that are read when somebody asks for them. */
export function observe(metrics: Metrics, name: string, help: string, read: () => number): void {
	new Gauge({
		name: `evict_${name}`,
		help,
		registers: [metrics.registry],
		collect() {
			this.set(read());
		}
	});
}
