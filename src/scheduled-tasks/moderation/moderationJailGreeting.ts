import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Calls somebody in the channel of the jail. */
export class ModerationJailGreeting extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.jail.greet(timer);
	}
}
