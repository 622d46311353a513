import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Deletes what is left of a jail that was taken away. */
export class ModerationJailDismantle extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.moderation.jailSetup.dismantleDue(timer);
	}
}
