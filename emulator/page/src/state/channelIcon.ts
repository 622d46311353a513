import type { IconName } from '../common/Icon.js';
import { type Channel, ChannelKind, isThread, isVoice } from './model.js';

export function channelIcon(channel: Channel): IconName {
	if (isVoice(channel)) return 'voice';
	if (isThread(channel)) return 'thread';
	if (channel.type === ChannelKind.Forum) return 'forum';
	if (channel.type === ChannelKind.Announcement) return 'megaphone';
	return channel.guildId === null ? 'at' : 'hash';
}
