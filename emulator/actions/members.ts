import type { Discord } from '../discord.js';
import { canView } from '../state/access.js';
import { addMember } from '../state/build.js';
import type { Guild } from '../state/guild.js';
import type { Member, Snowflake, User } from '../state/types.js';
import { guildCreateView } from '../views/guild.js';
import { memberView, partialUserView } from '../views/user.js';
import { leaveVoice } from './voice.js';

/** Lets somebody in and tells everybody. Answers the member he already was, if so. */
export function joinGuild(discord: Discord, guild: Guild, user: User, pending = false, roles: readonly Snowflake[] = []): Member {
	const known = guild.members.get(user.id);
	if (known !== undefined) return known;
	const member = addMember(discord.world, guild, user);
	member.pending = pending;
	member.roles.push(...roles);
	const largeThreshold = 250;
	const view = guildCreateView(discord.world, guild, {
		id: user.id,
		sees: (channel) => canView(discord.world, user.id, channel),
		allMembers: true,
		largeThreshold
	});
	if (user.bot) discord.dispatcher.bot(user.id, guild.id, 'GUILD_CREATE', view);
	else discord.dispatcher.user(user.id, 'GUILD_CREATE', view);
	discord.dispatcher.guild(guild, 'GUILD_MEMBER_ADD', { ...memberView(member), guild_id: guild.id });
	return member;
}

/** Takes somebody out, with voice and threads, and tells everybody, himself last. */
export function leaveGuild(discord: Discord, guild: Guild, userId: Snowflake): void {
	const member = guild.members.get(userId);
	if (member === undefined) return;
	if (guild.voiceStates.has(userId)) leaveVoice(discord, guild, userId);
	for (const thread of guild.threads.values()) thread.threadMembers.delete(userId);
	guild.members.delete(userId);
	guild.temporaryMembers.delete(userId);
	guild.presences.delete(userId);
	guild.revision++;
	discord.dispatcher.guild(guild, 'GUILD_MEMBER_REMOVE', { guild_id: guild.id, user: partialUserView(member.user) });
	if (member.user.bot) discord.dispatcher.bot(userId, guild.id, 'GUILD_DELETE', { id: guild.id });
	else discord.dispatcher.user(userId, 'GUILD_DELETE', { id: guild.id });
}

/** Tells everybody that a member changed. */
export function memberChanged(discord: Discord, guild: Guild, member: Member): void {
	guild.revision++;
	discord.dispatcher.guild(guild, 'GUILD_MEMBER_UPDATE', { ...memberView(member), guild_id: guild.id }, member.user.id);
}
