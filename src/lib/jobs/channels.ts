import type { ChannelReferences } from '#lib/settings/channelReferences.js';

/** Where the progress of mass work is shown; and channels that it still has to be done on. */
export function jobsInChannels(references: Pick<ChannelReferences, 'register'>): void {
	references.register({
		module: 'jobs',
		table: 'job',
		rows: (tx) => tx.job,
		fields: [{ field: 'channelId', clears: ['messageId'] }],
		async also(tx, { guildId, from, to }) {
			// The rows of jobs are locked before their items, here as everywhere.
			const running = await tx.$queryRaw<{ id: number }[]>`/* jobs */ SELECT id FROM job
				WHERE guild_id = ${BigInt(guildId)} AND state = 'running' ORDER BY id FOR UPDATE`;
			if (running.length === 0) return;
			await tx.$executeRaw`/* jobs */ UPDATE job_item SET key = ${to}
				WHERE job_id = ANY(${running.map(({ id }) => id)}::int[]) AND state = 'pending' AND key = ${from}`;
		}
	});
}
