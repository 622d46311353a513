import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Does what a warning leads to. */
export class ModerationEscalate extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.escalation.escalate(timer);
	}
}
