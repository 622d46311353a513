import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Renews a mute that lasts longer than Discord allows a time-out. */
export class ModerationRenew extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.renewal.renew(timer);
	}
}
