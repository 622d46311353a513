import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Finishes an order whose process ended in the middle. */
export class ModerationFinish extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.due.finish(timer);
	}
}
