import { ScheduledTask } from '@sapphire/plugin-scheduled-tasks';

/** Every so many milliseconds, or by a cron pattern in UTC. */
export type ChoreSchedule = { readonly everyMs: number } | { readonly pattern: string };

/**
 * A piece that is run again and again, once in all processes together: retention, sweeps, counters.
 *
 * Its name is the name of the job scheduler. It may be run twice after a crash: it must bear that.
 */
export abstract class Chore extends ScheduledTask {
	public abstract readonly schedule: ChoreSchedule;

	public abstract override run(): Promise<void>;
}
