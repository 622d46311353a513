import { Chore } from '#lib/timers/chore.js';

/** Once a day: deletes what is older than its retention, and servers left over 30 days ago. */
export class HouseRetention extends Chore {
	/** UTC, when Europe sleeps and America is not yet awake. */
	public readonly schedule = { pattern: '23 4 * * *' };

	public override async run(): Promise<void> {
		const { rows, guilds, failed } = await this.container.services.house.retention.runDaily(this.container.kit.clock.now());
		this.container.logger.info(`Retention: ${JSON.stringify({ rows, guilds })}`);
		// The queue tries again; what succeeded has nothing left to do then.
		if (failed.length > 0) throw new Error(`Old rows could not be deleted from: ${failed.join(', ')}`);
	}
}
