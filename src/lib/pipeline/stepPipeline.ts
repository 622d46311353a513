import { Pipeline, type PipelineStep } from './pipeline.js';

/** An event whose steps are walked as they are: guards in order, then claims, then observers. */
export class StepPipeline<E, S extends PipelineStep<E>> extends Pipeline<E, S> {
	/** True when no guard stopped the event. */
	public async on(event: E, guildId: string): Promise<boolean> {
		const plan = this.planOf(guildId);
		if (await this.walk(plan.guard, event)) return false;
		await this.walk(plan.claim, event);
		await this.observe(plan.observe, event);
		return true;
	}
}
