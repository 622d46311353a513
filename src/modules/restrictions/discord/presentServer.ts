import type { Guild } from 'discord.js';
import type { PresentServer } from '../service/afterAway.js';

/** Discord: so many members are asked for at once, by the gateway and not by REST. */
const mostAsked = 100;

export function presentServer({ id: guildId, channels, members, voiceStates }: Guild): PresentServer {
	return {
		guildId,
		hasChannel: (channelId) => channels.cache.has(channelId),
		voiceChannelOf: (userId) => voiceStates.cache.get(userId)?.channelId ?? null,
		async nicksOf(userIds) {
			const nicks = new Map<string, string | null>();
			for (let from = 0; from < userIds.length; from += mostAsked) {
				const there = await members.fetch({ user: userIds.slice(from, from + mostAsked) });
				for (const { id, nickname } of there.values()) nicks.set(id, nickname);
			}
			return nicks;
		}
	};
}
