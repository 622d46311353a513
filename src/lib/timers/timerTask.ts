import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';
import type { DueTimer, TimerPool, TimerResult, TimerRunner } from './types.js';

/**
 * The piece that runs the timers of one kind; its name is the kind.
 *
 * It asks one service method, which reads the row again: gone → `done`, not yet due → `later`, due → does it.
 */
export abstract class TimerTask extends ScheduledTask<'timer'> implements TimerRunner {
	public readonly pool: TimerPool = 'normal';

	public abstract override run(timer: DueTimer): Promise<TimerResult>;
}

declare module '@sapphire/plugin-scheduled-tasks' {
	interface ScheduledTasks {
		timer: DueTimer;
	}
}
