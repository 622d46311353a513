import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall } from '../actions/audit.js';
import { leaveGuild } from '../actions/members.js';
import { deleteMessages } from '../actions/messages.js';
import { standsAbove } from '../permissions/hierarchy.js';
import { DiscordError, refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Ban, Guild } from '../state/guild.js';
import { compareSnowflakes, snowflakeTime } from '../state/snowflakes.js';
import type { JsonObject, User } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { actorIn, guildFor } from './guildAccess.js';

const longestDeletion = 604_800;
/** https://discord.com/developers/docs/resources/guild#bulk-guild-ban */
const mostBanned = 200;

/** Bans. https://discord.com/developers/docs/resources/guild#create-guild-ban */
export function bans(routes: RouteTable): void {
	routes.get('/guilds/:guildId/bans', list);
	routes.get('/guilds/:guildId/bans/:userId', get);
	routes.put('/guilds/:guildId/bans/:userId', ban);
	routes.delete('/guilds/:guildId/bans/:userId', unban);
	routes.post('/guilds/:guildId/bulk-ban', bulkBan, { auth: 'bot' });
}

function view(call: Call, { userId, reason }: Ban): JsonObject {
	return { user: partialUserView(requireUser(call, userId)), reason };
}

function requireUser(call: Call, userId: string): User {
	const user = call.world.users.get(userId);
	if (user === undefined) throw refuse(10013);
	return user;
}

function list(call: Call): JsonObject[] {
	const guild = guildFor(call, Bits.BanMembers);
	const { before, after } = call.query;
	const sorted = [...guild.bans.values()].sort((a, b) => compareSnowflakes(a.userId, b.userId));
	const limit = call.limit('limit', 1000, 1, 1000);
	if (before !== undefined)
		return sorted
			.filter((each) => compareSnowflakes(each.userId, before) < 0)
			.slice(-limit)
			.map((each) => view(call, each));
	const newer = after === undefined ? sorted : sorted.filter((each) => compareSnowflakes(each.userId, after) > 0);
	return newer.slice(0, limit).map((each) => view(call, each));
}

function get(call: Call): JsonObject {
	const found = guildFor(call, Bits.BanMembers).bans.get(call.param('userId'));
	if (found === undefined) throw refuse(10026);
	return view(call, found);
}

function deletionSeconds(call: Call): number {
	const days = call.body.integer('delete_message_days', 0, 7);
	const seconds = call.body.integer('delete_message_seconds', 0, longestDeletion);
	call.body.done();
	return seconds ?? (days ?? 0) * 86_400;
}

function ban(call: Call): Reply {
	const guild = guildFor(call, Bits.BanMembers);
	const seconds = deletionSeconds(call);
	const user = requireUser(call, call.param('userId'));
	if (!mayBan(call, guild, user)) throw refuse(50013);
	apply(call, guild, user, seconds);
	return noContent;
}

function mayBan(call: Call, guild: Guild, user: User): boolean {
	const member = guild.members.get(user.id);
	return user.id !== call.actorId && (member === undefined || standsAbove(guild, actorIn(call, guild), member));
}

function apply(call: Call, guild: Guild, user: User, seconds: number): void {
	if (guild.bans.has(user.id)) return;
	guild.bans.set(user.id, { userId: user.id, reason: call.reason });
	leaveGuild(call.discord, guild, user.id);
	if (seconds > 0) deleteRecent(call, guild, user, seconds);
	call.discord.dispatcher.guild(guild, 'GUILD_BAN_ADD', { guild_id: guild.id, user: partialUserView(user) });
	auditCall(call, guild, { type: AuditLogEvent.MemberBanAdd, targetId: user.id });
}

function deleteRecent(call: Call, guild: Guild, user: User, seconds: number): void {
	const oldest = call.world.clock.now() - seconds * 1000;
	for (const channel of [...guild.channels.values(), ...guild.threads.values()]) {
		const recent = [...channel.messages.values()].filter(({ author, id }) => author.id === user.id && snowflakeTime(id) >= oldest);
		if (recent.length > 0) deleteMessages(call.discord, channel, recent);
	}
}

function unban(call: Call): Reply {
	const guild = guildFor(call, Bits.BanMembers);
	const userId = call.param('userId');
	if (!guild.bans.delete(userId)) throw refuse(10026);
	call.discord.dispatcher.guild(guild, 'GUILD_BAN_REMOVE', { guild_id: guild.id, user: partialUserView(requireUser(call, userId)) });
	auditCall(call, guild, { type: AuditLogEvent.MemberBanRemove, targetId: userId });
	return noContent;
}

function bulkBan(call: Call): JsonObject {
	const guild = guildFor(call, Bits.BanMembers | Bits.ManageGuild);
	const ids = call.body.snowflakes('user_ids') ?? [];
	if (ids.length < 1 || ids.length > mostBanned) {
		call.body.fault('user_ids', 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${mostBanned} in length.`);
	}
	const seconds = deletionSeconds(call);
	const banned: string[] = [];
	const failed: string[] = [];
	for (const id of new Set(ids)) {
		const user = call.world.users.get(id);
		const done = user !== undefined && !guild.bans.has(id) && mayBan(call, guild, user);
		if (done) apply(call, guild, user, seconds);
		(done ? banned : failed).push(id);
	}
	// https://discord.com/developers/docs/resources/guild#bulk-guild-ban
	if (banned.length === 0) throw new DiscordError(500_000, 400, 'Failed to ban users');
	return { banned_users: banned, failed_users: failed };
}
