import { LRUCache } from 'lru-cache';
import type { Stage, StepAnswer } from './step.js';

/** A step as the pipeline sees it. */
export interface PipelineStep<E> {
	readonly name: string;
	readonly options: { readonly stage: Stage; readonly order: number };
	isOn(guildId: string | null): boolean;
	run(event: E): StepAnswer | void | Promise<StepAnswer | void>;
}

export interface PipelineReports {
	onError(step: string, error: unknown): void;
	onTime(step: string, milliseconds: number): void;
}

/** The steps of one server, those that are on, in their order. */
export type Plan<S> = Readonly<Record<Stage, readonly S[]>>;

const MOST_PLANS = 20_000;

/**
 * One event, many modules: an ordered walk through the steps that a server has switched on.
 *
 * Nothing here waits unless a step does, so a plain message costs a few calls.
 */
export class Pipeline<E, S extends PipelineStep<E>> {
	readonly #plans = new LRUCache<string, Plan<S>>({ max: MOST_PLANS });

	/** @param steps read when a plan is made, so that a reloaded step is taken up by `invalidate` */
	public constructor(
		private readonly steps: () => Iterable<S>,
		private readonly reports: PipelineReports
	) {}

	public planOf(guildId: string | null): Plan<S> {
		const key = guildId ?? 'direct';
		const kept = this.#plans.get(key);
		if (kept !== undefined) return kept;
		const on = [...this.steps()].filter((step) => step.isOn(guildId)).sort((a, b) => a.options.order - b.options.order);
		const stage = (wanted: Stage) => on.filter((step) => step.options.stage === wanted);
		const plan: Plan<S> = { guard: stage('guard'), claim: stage('claim'), observe: stage('observe') };
		this.#plans.set(key, plan);
		return plan;
	}

	/** Forgets a server's plan after its settings changed, or all of them. */
	public invalidate(guildId?: string): void {
		if (guildId === undefined) this.#plans.clear();
		else this.#plans.delete(guildId);
	}

	/** Walks guards or claims in order. True when one of them stopped the event. A step that fails stops nothing. */
	public walk(steps: readonly S[], event: E): boolean | Promise<boolean> {
		for (let index = 0; index < steps.length; index += 1) {
			const step = steps[index] as S;
			const answer = this.#call(step, event);
			if (answer instanceof Promise) return answer.then((settled) => settled === 'stop' || this.walk(steps.slice(index + 1), event));
			if (answer === 'stop') return true;
		}
		return false;
	}

	/** Runs observers side by side. Settles when all have. */
	public observe(steps: readonly S[], event: E): void | Promise<void> {
		const pending: Promise<unknown>[] = [];
		for (const step of steps) {
			const answer = this.#call(step, event);
			if (answer instanceof Promise) pending.push(answer);
		}
		return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
	}

	#call(step: S, event: E): StepAnswer | Promise<StepAnswer> {
		const start = performance.now();
		try {
			const answer = step.run(event);
			if (answer instanceof Promise) {
				return answer.then(
					(settled) => this.#done(step, start, settled),
					(error) => this.#failed(step, error)
				);
			}
			return this.#done(step, start, answer);
		} catch (error) {
			return this.#failed(step, error);
		}
	}

	#done(step: S, start: number, answer: StepAnswer | void): StepAnswer {
		this.reports.onTime(step.name, performance.now() - start);
		return answer ?? 'pass';
	}

	#failed(step: S, error: unknown): StepAnswer {
		this.reports.onError(step.name, error);
		return 'pass';
	}
}
