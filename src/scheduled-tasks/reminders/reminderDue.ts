import { TimerTask } from '#lib/timers/timerTask.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** Brings a reminder at its time. */
export class ReminderDue extends TimerTask {
	public override run(timer: DueTimer): Promise<TimerResult> {
		return this.container.services.reminders.deliverDue(timer);
	}
}
