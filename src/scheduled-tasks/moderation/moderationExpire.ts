import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Ends a case whose time is over. */
export class ModerationExpire extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.due.expire(timer);
	}
}
