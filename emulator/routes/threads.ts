import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, created as createdValues } from '../actions/audit.js';
import { powersFrom, readDraft, refuseEmpty } from '../actions/draft.js';
import { createMessage, messageEvent } from '../actions/messages.js';
import { openThread, threadMemberView } from '../actions/threads.js';
import { systemMessage } from '../actions/welcome.js';
import { Body, isObject } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import { type Call, created, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf, requireChannel, requirePermission } from '../state/access.js';
import { type Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { MessageFlag } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { messageView } from '../views/message.js';
import { moderate, requireMessage } from './messages.js';

/** Opening threads and forum posts. https://discord.com/developers/docs/resources/channel#start-thread-from-message */
export function threads(routes: RouteTable): void {
	routes.post('/channels/:channelId/messages/:messageId/threads', fromMessage);
	routes.post('/channels/:channelId/threads', open);
}

function parentOf(call: Call): { parent: Channel; guild: Guild } {
	const parent = requireChannel(call.world, call.param('channelId'), call.actorId);
	const guild = call.world.guilds.get(parent.guildId ?? '');
	if (guild === undefined || parent.isThread || parent.isVoice) throw refuse(50024);
	return { parent, guild };
}

function options(call: Call): { name: string; duration: number | undefined; slowmode: number | undefined; invitable: boolean | undefined } {
	const { body } = call;
	const name = body.requiredString('name', 1, 100);
	const duration = body.integer('auto_archive_duration');
	if (duration !== undefined && ![60, 1440, 4320, 10_080].includes(duration)) {
		body.fault('auto_archive_duration', 'BASE_TYPE_CHOICES', 'Value must be one of (60, 1440, 4320, 10080).');
	}
	const read = { name, duration, slowmode: body.integer('rate_limit_per_user', 0, 21_600), invitable: body.boolean('invitable') };
	body.done();
	return read;
}

/** https://discord.com/developers/docs/topics/threads#active--archived-threads */
const MOST_ACTIVE = 1_000;

/** As `options`, with a title that AutoMod lets pass, and where there is room for one more thread. */
function titled(call: Call, parent: Channel): ReturnType<typeof options> {
	const read = options(call);
	const guild = call.world.guilds.get(parent.guildId ?? '');
	const active = [...(guild?.threads.values() ?? [])].filter(({ thread }) => thread?.archived === false);
	if (active.length >= MOST_ACTIVE) throw refuse(160_006);
	moderate(call, parent, read.name, null);
	return read;
}

function fromMessage(call: Call): Reply {
	const { parent, guild } = parentOf(call);
	requirePermission(call.world, call.actorId, parent, Bits.CreatePublicThreads);
	const message = requireMessage(call, parent);
	if (message.threadId !== null) throw refuse(160004);
	const type = parent.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
	const asked = titled(call, parent);
	const thread = openThread(call.discord, guild, parent, { ...asked, id: message.id, type, ownerId: call.actorId });
	message.threadId = thread.id;
	message.flags |= MessageFlag.HasThread;
	call.discord.dispatcher.message(parent, message, 'MESSAGE_UPDATE', messageEvent(call.discord, guild, message));
	return finish(call, guild, thread);
}

function finish(call: Call, guild: Guild, thread: Channel, extra: JsonObject = {}): Reply {
	const changes = createdValues({ name: thread.name, type: thread.type, auto_archive_duration: thread.thread?.auto_archive_duration ?? 0 });
	auditCall(call, guild, { type: AuditLogEvent.ThreadCreate, targetId: thread.id, changes });
	return created({ ...channelView(call.world, thread), member: threadMemberView(guild, thread, call.actorId), ...extra });
}

function open(call: Call): Reply {
	const { parent, guild } = parentOf(call);
	if (parent.type === ChannelType.GuildForum || parent.type === ChannelType.GuildMedia) return post(call, guild, parent);
	const type = call.body.integer('type') ?? ChannelType.PrivateThread;
	// Each kind of thread has its kind of channel.
	if ((type === ChannelType.AnnouncementThread) !== (parent.type === ChannelType.GuildAnnouncement)) throw refuse(50024);
	const isPrivate = type === ChannelType.PrivateThread;
	requirePermission(call.world, call.actorId, parent, isPrivate ? Bits.CreatePrivateThreads : Bits.CreatePublicThreads);
	const thread = openThread(call.discord, guild, parent, { ...titled(call, parent), type, ownerId: call.actorId });
	if (!isPrivate) {
		const reference = { type: 0, channel_id: thread.id, guild_id: guild.id };
		systemMessage(call.discord, parent, call.actor.user, { type: 18, reference }, thread.name);
	}
	return finish(call, guild, thread);
}

/** A forum post: the thread and its first message at once. */
function post(call: Call, guild: Guild, forum: Channel): Reply {
	requirePermission(call.world, call.actorId, forum, Bits.SendMessages);
	const tags = readTags(call, guild, forum);
	const first = call.body.object('message');
	if (first === undefined) call.body.fault('message', 'BASE_TYPE_REQUIRED', 'This field is required');
	call.body.done();
	const message = new Body(isObject(first) ? first : {});
	const draft = readDraft(call.discord, message, call.files, forum);
	refuseEmpty(draft);
	const id = call.world.ids.next();
	const asked = titled(call, forum);
	moderate(call, forum, draft.content ?? '', id);
	const thread = openThread(call.discord, guild, forum, { ...asked, id, type: ChannelType.PublicThread, ownerId: call.actorId, tags });
	const held = permissionsOf(call.world, guild, call.actorId, thread);
	const origin = { id: thread.id };
	const said = createMessage(call.discord, thread, call.actor.user, draft, powersFrom(held), origin);
	forum.lastMessageId = thread.id;
	return finish(call, guild, thread, { message: messageView(call.world, said, call.actorId) });
}

const REQUIRE_TAG = 1 << 4;
/** https://discord.com/developers/docs/resources/channel#start-thread-in-forum-or-media-channel */
const MOST_TAGS = 5;

/** The tags a post asks for, each known and, if moderated, the caller's to give. */
export function readTags(call: Call, guild: Guild, forum: Channel): string[] {
	const wanted = call.body.snowflakes('applied_tags') ?? [];
	if (wanted.length > MOST_TAGS)
		throw invalidBody({ applied_tags: [{ code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${MOST_TAGS} or fewer in length.` }] });
	const known = new Map(forum.availableTags.map((tag) => [String(tag['id']), tag]));
	if (wanted.some((id) => !known.has(id))) throw refuse(10087);
	const mayModerated = (permissionsOf(call.world, guild, call.actorId, forum) & Bits.ManageThreads) !== 0n;
	if (!mayModerated && wanted.some((id) => known.get(id)?.['moderated'] === true)) throw refuse(50013);
	if ((forum.flags & REQUIRE_TAG) !== 0 && wanted.length === 0) throw refuse(40067);
	return wanted;
}
