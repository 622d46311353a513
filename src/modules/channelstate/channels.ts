import type { ChannelReferences } from '#lib/settings/channelReferences.js';
import { ignoreSlot } from './repository/ignores.js';
import type { LockedChannels } from './service/channels.js';

/** What lies on channels, and which of them no lock touches. */
export function locksInChannels(
	references: Pick<ChannelReferences, 'register'>,
	channels: Pick<LockedChannels, 'forgetLocks' | 'forgetIgnored'>
): void {
	references.register({
		module: 'channelstate',
		table: 'channel_lock',
		rows: (tx) => tx.channelLock,
		fields: [{ field: 'channelId', describe: 'channelstate:channels.lock' }],
		keyedBy: ['kind', 'userId'],
		forget: ({ guildId, channelId }) => channels.forgetLocks(guildId, channelId)
	});
	references.register({
		module: 'channelstate',
		table: 'lock_ignore',
		rows: (tx) => tx.lockIgnore,
		fields: [{ field: 'channelId', describe: 'channelstate:channels.ignored' }],
		keyedBy: [],
		slot: ignoreSlot,
		forget: ({ guildId, channelId, botId }) => channels.forgetIgnored(guildId, channelId, botId)
	});
}
