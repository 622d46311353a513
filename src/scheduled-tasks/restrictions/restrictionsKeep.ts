import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Looks whether a restriction is still in force in Discord, and does it again when it is not. */
export class RestrictionsKeep extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.restrictions.keeper.due(timer);
	}
}
