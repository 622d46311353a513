import { DiscordAPIError, type Guild, type GuildMember, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { Situation, Target } from '../domain/situation.js';

const nobody = [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser];

/** Who acts on whom, in a server that this process hears of. */
export function situationOf(guild: Guild, bot: GuildMember, actor: GuildMember | null, target: Target | null, now: number): Situation {
	return {
		guildId: guild.id,
		guildName: guild.name,
		ownerId: guild.ownerId,
		actor: actor && { id: actor.id, username: actor.user.username, topRole: rankOf(actor), permissions: actor.permissions.bitfield },
		bot: { id: bot.id, username: bot.user.username, topRole: rankOf(bot), permissions: bot.permissions.bitfield },
		target,
		now
	};
}

/** Discord calls an id that nobody ever had a faulty form. */
export async function memberOf(guild: Guild, id: string, force = false): Promise<GuildMember | null> {
	try {
		return await onDiscordCode(guild.members.fetch({ user: id, force }), nobody, null);
	} catch (error) {
		if (error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InvalidFormBodyOrContentType) return null;
		throw error;
	}
}

export function memberTarget(member: GuildMember): Omit<Target, 'voice'> {
	const { user, roles, guild } = member;
	return {
		id: member.id,
		username: user.username,
		isBot: user.bot,
		inServer: true,
		topRole: rankOf(member),
		roleIds: [...roles.cache.keys()].filter((id) => id !== guild.id),
		isAdministrator: member.permissions.has(PermissionFlagsBits.Administrator),
		timedOutUntil: member.communicationDisabledUntilTimestamp,
		nickname: member.nickname,
		joinedAt: member.joinedTimestamp,
		boosts: member.premiumSinceTimestamp !== null
	};
}

function rankOf(member: GuildMember) {
	const { id, position } = member.roles.highest;
	return { id, position };
}
