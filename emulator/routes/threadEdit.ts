import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween } from '../actions/audit.js';
import { archiveWhenIdle } from '../actions/threads.js';
import { refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { readTags } from './threads.js';

/**
 * Changes a thread: name, archive, lock, slow mode, tags. Its maker may rename, close and reopen it, unless it is locked.
 * https://discord.com/developers/docs/resources/channel#modify-channel-json-params-thread
 */
export function editThread(call: Call, guild: Guild, thread: Channel): JsonObject {
	const { thread: meta } = thread;
	if (meta === null) throw refuse(50024);
	requireMay(call, guild, thread);
	const { body } = call;
	const archived = body.boolean('archived');
	// An archived thread takes no change but being opened again.
	if (meta.archived && archived !== false) throw refuse(50083);
	const before = summary(thread);
	const forum = guild.channels.get(thread.parentId ?? '');
	const tags = body.has('applied_tags') && forum !== undefined ? readTags(call, guild, forum) : undefined;
	const fields = {
		name: body.string('name', 1, 100),
		slowmode: body.integer('rate_limit_per_user', 0, 21_600),
		flags: body.integer('flags', 0)
	};
	const locked = body.boolean('locked');
	const invitable = body.boolean('invitable');
	const duration = body.integer('auto_archive_duration');
	body.done();
	if (tags !== undefined) thread.appliedTags = tags;
	for (const [key, value] of Object.entries(fields)) if (value !== undefined) Object.assign(thread, { [key]: value });
	if (locked !== undefined) meta.locked = locked;
	if (invitable !== undefined) meta.invitable = invitable;
	if (duration !== undefined) meta.auto_archive_duration = duration;
	if (archived !== undefined && archived !== meta.archived) {
		meta.archived = archived;
		meta.archive_timestamp = call.world.now();
	}
	// A reopened thread and one with another duration start to count again.
	if (archived === false || duration !== undefined) archiveWhenIdle(call.discord, thread);
	const changes = changesBetween(before, summary(thread));
	if (changes.length === 0) return channelView(call.world, thread);
	call.discord.dispatcher.channel(thread, 'THREAD_UPDATE', channelView(call.world, thread));
	auditCall(call, guild, { type: AuditLogEvent.ThreadUpdate, targetId: thread.id, changes });
	return channelView(call.world, thread);
}

function requireMay(call: Call, guild: Guild, thread: Channel): void {
	const held = permissionsOf(call.world, guild, call.actorId, thread);
	if ((held & Bits.ManageThreads) !== 0n) return;
	const ofOwner = ['name', 'archived', 'auto_archive_duration', 'applied_tags'];
	const onlyOwnKeys = Object.keys(call.body.fields).every((key) => ofOwner.includes(key));
	const isOwner = thread.ownerId === call.actorId && !thread.thread?.locked && onlyOwnKeys;
	// Everybody who may write can open an archived thread that is not locked.
	const reopens = call.body.raw('archived') === false && Object.keys(call.body.fields).length === 1 && !thread.thread?.locked;
	if (!isOwner && !(reopens && (held & Bits.SendMessagesInThreads) !== 0n)) throw refuse(50013);
}

function summary(thread: Channel): JsonObject {
	return {
		name: thread.name,
		archived: thread.thread?.archived ?? false,
		locked: thread.thread?.locked ?? false,
		auto_archive_duration: thread.thread?.auto_archive_duration ?? 0,
		rate_limit_per_user: thread.slowmode,
		flags: thread.flags,
		applied_tags: [...thread.appliedTags]
	};
}
