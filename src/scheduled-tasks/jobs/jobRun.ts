import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerPool, TimerResult } from '#lib/timers/types.js';

/** Works on a job for a while. */
export class JobRun extends TimerTask {
	public override readonly pool: TimerPool = 'mass';

	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.jobs.runDue(timer);
	}
}
