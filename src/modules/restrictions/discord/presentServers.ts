import type { Client, Guild } from 'discord.js';
import type { PresentServer } from '../service/afterAway.js';

/** The servers that Discord has told us about by now; one that cannot be reached has told nothing. */
export function presentServers(client: Client): readonly PresentServer[] {
	return client.guilds.cache.filter((guild) => guild.available).map(presentServer);
}

export function presentServer({ id: guildId, channels, voiceStates }: Guild): PresentServer {
	return {
		guildId,
		hasChannel: (channelId) => channels.cache.has(channelId),
		voiceChannelOf: (userId) => voiceStates.cache.get(userId)?.channelId ?? null
	};
}
