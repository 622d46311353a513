import { type Client, type Guild, type GuildMember, RESTJSONErrorCodes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Target } from '../domain/situation.js';
import { strangerOf } from '../domain/target.js';
import type { CrowdReader, SituationReader } from '../ports.js';
import { crowdReader } from './crowd.js';
import { memberOf, memberTarget, situationOf } from './people.js';
import { situationByRest } from './situationByRest.js';
import { voiceOf } from './voiceState.js';

/** Reads people and ranks as Discord has them now. */
export function situationReader(client: Client, now: () => number): SituationReader & CrowdReader {
	return {
		async read(request) {
			const { guildId, actorId, targetId, voice = false } = request;
			const guild = client.guilds.cache.get(guildId);
			// Of another process: timers are run by whoever is first.
			if (guild === undefined) return client.user && situationByRest(client.rest, { ...request, botId: client.user.id }, now());
			if (!guild.available) return null;
			const [bot, actor, target] = await Promise.all([
				guild.members.fetchMe(),
				actorId === null ? null : memberOf(guild, actorId),
				targetId === null ? null : targetOf(client, guild, targetId, voice)
			]);
			// Who gave the order left meanwhile: he has no rank here any more.
			if (actorId !== null && actor === null) return null;
			return situationOf(guild, bot, actor, target, now());
		},
		readMany: crowdReader(client, now)
	};
}

async function targetOf(client: Client, guild: Guild, id: string, asksVoice: boolean): Promise<Target | null> {
	// What was done to him a moment ago may not have come back by the gateway yet.
	const member = await memberOf(guild, id, true);
	if (member !== null) return { ...memberTarget(member), voice: await voiceIn(guild, member, asksVoice) };
	const user = await onDiscordCode(client.users.fetch(id), [RESTJSONErrorCodes.UnknownUser], null);
	return user && strangerOf(user.id, { username: user.username, isBot: user.bot });
}

/** Voice states are kept as they come, but only so many: who is not among them may be in a channel all the same. */
function voiceIn(guild: Guild, { id }: GuildMember, asksVoice: boolean) {
	const { channelId, serverMute, serverDeaf } = guild.voiceStates.cache.get(id) ?? { channelId: null, serverMute: null, serverDeaf: null };
	if (channelId !== null) return { channelId, muted: serverMute ?? false, deafened: serverDeaf ?? false };
	return asksVoice ? voiceOf(guild.client.rest, guild.id, id) : null;
}
