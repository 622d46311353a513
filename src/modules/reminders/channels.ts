import type { ChannelReferences } from '#lib/settings/channelReferences.js';

/** Reminders that come in a channel. One whose channel is gone finds that out when it comes. */
export function remindersInChannels(references: Pick<ChannelReferences, 'register'>): void {
	references.register({
		module: 'reminders',
		table: 'reminder',
		rows: (tx) => tx.reminder,
		fields: [
			{
				field: 'channelId',
				describe: 'reminders:channels.reminder',
				counts: { inDm: false, OR: [{ sentAt: null }, { everySeconds: { not: null } }] },
				clears: ['messageId']
			}
		]
	});
}
