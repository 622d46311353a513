/** In this order: what takes work in first, what holds the data last. */
export const phases = ['intake', 'work', 'gateway', 'jobs', 'cache', 'database', 'http', 'embedded database'] as const;
export type ShutdownPhase = (typeof phases)[number];

interface Step {
	readonly phase: ShutdownPhase;
	readonly name: string;
	readonly close: () => Promise<unknown> | unknown;
}

export interface ShutdownOptions {
	/** For all steps together, in milliseconds. Kubernetes and Docker kill after 10 s. */
	readonly budgetMs: number;
	/** Told of a step that failed or was left behind because time ran out. */
	readonly report: (name: string, error: unknown) => void;
}

/** Everything that must be closed, closed once, in order, within a bounded time. What is opened registers itself here at once. */
export class Shutdown {
	readonly #steps: Step[] = [];
	#running: Promise<void> | null = null;

	public constructor(private readonly options: ShutdownOptions) {}

	public get started(): boolean {
		return this.#running !== null;
	}

	public add(phase: ShutdownPhase, name: string, close: Step['close']): void {
		this.#steps.push({ phase, name, close });
	}

	/** Closes everything; the same promise for all who ask. Never rejects. */
	public run(): Promise<void> {
		this.#running ??= this.#closeAll();
		return this.#running;
	}

	async #closeAll(): Promise<void> {
		const end = performance.now() + this.options.budgetMs;
		const last = phases.length - 1;
		for (const [index, phase] of phases.entries()) {
			// A phase that hangs may use up to half of what is left, so that the ones after it are not cut off.
			const left = Math.max(0, end - performance.now());
			await this.#closePhase(phase, index === last ? left : left / 2);
		}
	}

	/** Steps of one phase run side by side; the later opened is asked first. */
	async #closePhase(phase: ShutdownPhase, limitMs: number): Promise<void> {
		const steps = this.#steps.filter((step) => step.phase === phase).reverse();
		await Promise.all(steps.map((step) => this.#close(step, limitMs)));
	}

	async #close(step: Step, limitMs: number): Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		const tooLong = new Promise<never>((_, reject) => {
			timer = setTimeout(() => reject(new Error(`did not close within ${Math.round(limitMs)} ms`)), limitMs);
		});
		try {
			await Promise.race([Promise.resolve().then(step.close), tooLong]);
		} catch (error) {
			this.options.report(step.name, error);
		} finally {
			clearTimeout(timer);
		}
	}
}
