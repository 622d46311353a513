import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { joinThread, leaveThread, threadMemberView } from '../actions/threads.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { canView, requireChannel, requireMember, requirePermission } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { guildFor } from './guildAccess.js';

/** Who is in a thread, and lists of threads. https://discord.com/developers/docs/resources/channel#join-thread */
export function threadMembers(routes: RouteTable): void {
	const path = '/channels/:channelId/thread-members';
	routes.get(path, list);
	routes.put(`${path}/@me`, (call) => join(call, call.actorId));
	routes.delete(`${path}/@me`, (call) => leave(call, call.actorId));
	routes.get(`${path}/@me`, (call) => get(call, call.actorId));
	routes.get(`${path}/:userId`, (call) => get(call, call.param('userId')));
	routes.put(`${path}/:userId`, add);
	routes.delete(`${path}/:userId`, remove);
	routes.get('/guilds/:guildId/threads/active', active);
	routes.get('/channels/:channelId/threads/archived/public', (call) =>
		archived(call, (thread) => thread.type !== ChannelType.PrivateThread)
	);
	routes.get('/channels/:channelId/threads/archived/private', (call) => {
		requirePermission(call.world, call.actorId, requireChannel(call.world, call.param('channelId'), call.actorId), Bits.ManageThreads);
		return archived(call, (thread) => thread.type === ChannelType.PrivateThread);
	});
	routes.get('/channels/:channelId/users/@me/threads/archived/private', (call) => {
		return archived(call, (thread) => thread.type === ChannelType.PrivateThread && thread.threadMembers.has(call.actorId));
	});
}

function threadOf(call: Call): { thread: Channel; guild: Guild } {
	const thread = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(thread.guildId ?? '');
	if (guild === undefined || !thread.isThread) throw refuse(50024);
	return { thread, guild };
}

function list(call: Call): JsonObject[] {
	const { thread, guild } = threadOf(call);
	const withMember = call.flag('with_member');
	const after = call.query['after'] ?? '0';
	const ids = [...thread.threadMembers.keys()].filter((id) => compareSnowflakes(id, after) > 0).sort(compareSnowflakes);
	return ids.slice(0, call.limit('limit', 100, 1, 100)).map((id) => threadMemberView(guild, thread, id, withMember));
}

function get(call: Call, userId: string): JsonObject {
	const { thread, guild } = threadOf(call);
	if (!thread.threadMembers.has(userId)) throw refuse(10007);
	return threadMemberView(guild, thread, userId, call.flag('with_member'));
}

function requireOpen(thread: Channel): void {
	if (thread.thread?.archived) throw refuse(50083);
}

function join(call: Call, userId: string): Reply {
	const { thread, guild } = threadOf(call);
	requireOpen(thread);
	joinThread(call.discord, guild, thread, userId);
	return noContent;
}

function leave(call: Call, userId: string): Reply {
	const { thread, guild } = threadOf(call);
	requireOpen(thread);
	leaveThread(call.discord, guild, thread, userId);
	return noContent;
}

function add(call: Call): Reply {
	const { thread, guild } = threadOf(call);
	const member = requireMember(guild, call.param('userId'));
	requirePermission(call.world, call.actorId, thread, Bits.SendMessagesInThreads);
	// A closed circle: only its maker and those who manage threads let people in.
	if (thread.thread?.invitable === false && thread.ownerId !== call.actorId)
		requirePermission(call.world, call.actorId, thread, Bits.ManageThreads);
	const parent = call.world.channels.get(thread.parentId ?? '');
	if (parent === undefined || !canView(call.world, member.user.id, parent)) throw refuse(50001);
	return join(call, member.user.id);
}

function remove(call: Call): Reply {
	const { thread } = threadOf(call);
	const isOwnPrivate = thread.type === ChannelType.PrivateThread && thread.ownerId === call.actorId;
	if (!isOwnPrivate) requirePermission(call.world, call.actorId, thread, Bits.ManageThreads);
	return leave(call, call.param('userId'));
}

function membersOf(call: Call, guild: Guild, threads: Channel[]): JsonObject[] {
	return threads.filter((thread) => thread.threadMembers.has(call.actorId)).map((thread) => threadMemberView(guild, thread, call.actorId));
}

function active(call: Call): JsonObject {
	const guild = guildFor(call);
	const open = [...guild.threads.values()].filter((thread) => !thread.thread?.archived && canView(call.world, call.actorId, thread));
	return { threads: open.map((thread) => channelView(call.world, thread)), members: membersOf(call, guild, open), has_more: false };
}

function archived(call: Call, fits: (thread: Channel) => boolean): JsonObject {
	const parent = requireChannel(call.world, call.param('channelId'), call.actorId);
	requirePermission(call.world, call.actorId, parent, Bits.ReadMessageHistory);
	const guild = call.world.guilds.get(parent.guildId ?? '');
	if (guild === undefined) throw refuse(50024);
	const limit = call.limit('limit', 50, 2, 100);
	const at = (thread: Channel) => Date.parse(thread.thread?.archive_timestamp ?? '');
	const before = call.query['before'] === undefined ? Number.POSITIVE_INFINITY : Date.parse(call.query['before']);
	const found = [...guild.threads.values()]
		.filter((thread) => thread.parentId === parent.id && thread.thread?.archived && fits(thread) && !(at(thread) >= before))
		.sort((a, b) => at(b) - at(a));
	const page = found.slice(0, limit);
	return {
		threads: page.map((thread) => channelView(call.world, thread)),
		members: membersOf(call, guild, page),
		has_more: found.length > page.length
	};
}
