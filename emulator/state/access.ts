import { PermissionFlagsBits } from 'discord-api-types/v10';
import { computePermissions } from '../permissions/permissions.js';
import { refuse } from '../rest/errors.js';
import type { Channel } from './channel.js';
import type { Guild } from './guild.js';
import type { Member, Snowflake } from './types.js';
import type { World } from './world.js';

/** What a user may do in a guild, or in one of its channels. Nobody outside the guild may do anything. */
export function permissionsOf(world: World, guild: Guild, userId: Snowflake, channel: Channel | null = null): bigint {
	const member = guild.members.get(userId);
	if (member === undefined) return 0n;
	const inThread = channel?.isThread ?? false;
	const place = inThread ? (world.channels.get(channel?.parentId ?? '') ?? null) : channel;
	if (place === null || channel === null || member.communication_disabled_until !== null) {
		return computePermissions(guild, member, place, world.clock.now(), inThread);
	}
	const cache = channel.permissionCache;
	if (cache.revision !== guild.revision) {
		cache.revision = guild.revision;
		cache.byUser.clear();
	}
	const known = cache.byUser.get(userId);
	if (known !== undefined) return known;
	const answer = computePermissions(guild, member, place, world.clock.now(), inThread);
	cache.byUser.set(userId, answer);
	return answer;
}

/** True when this user may see the channel at all. */
export function canView(world: World, userId: Snowflake, channel: Channel): boolean {
	if (channel.isDm) return channel.recipients.includes(userId);
	const guild = world.guilds.get(channel.guildId ?? '');
	if (guild === undefined || guild.unavailable) return false;
	const permissions = permissionsOf(world, guild, userId, channel);
	if ((permissions & PermissionFlagsBits.ViewChannel) === 0n) return false;
	if (channel.type !== 12) return true;
	return channel.threadMembers.has(userId) || (permissions & PermissionFlagsBits.ManageThreads) !== 0n;
}

/** The guild, if this user is in it: otherwise 10004, as Discord hides what you are not part of. */
export function requireGuild(world: World, guildId: Snowflake, userId: Snowflake): Guild {
	const guild = world.guilds.get(guildId);
	if (guild === undefined || guild.unavailable) throw refuse(10004);
	if (!guild.members.has(userId)) throw refuse(10004);
	return guild;
}

/** The channel, if this user may see it: 10003 when it does not exist, 50001 when it is hidden from him. */
export function requireChannel(world: World, channelId: Snowflake, userId: Snowflake): Channel {
	const channel = world.channels.get(channelId);
	if (channel === undefined) throw refuse(10003);
	if (!canView(world, userId, channel)) throw refuse(50001);
	return channel;
}

/** Refuses with 50013 unless the user has every one of these bits. Direct messages have no permissions to lack. */
export function requirePermission(world: World, userId: Snowflake, place: Guild | Channel, bits: bigint): void {
	if ('isDm' in place) {
		if (place.isDm) return;
		const guild = world.guilds.get(place.guildId ?? '');
		if (guild === undefined) throw refuse(10004);
		if ((permissionsOf(world, guild, userId, place) & bits) !== bits) throw refuse(50013);
		return;
	}
	if ((permissionsOf(world, place, userId) & bits) !== bits) throw refuse(50013);
}

/** The member, or 10007. */
export function requireMember(guild: Guild, userId: Snowflake): Member {
	const member = guild.members.get(userId);
	if (member === undefined) throw refuse(10007);
	return member;
}
