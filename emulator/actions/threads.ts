import type { Discord } from '../discord.js';
import { Channel, ChannelType } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Snowflake } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { memberView } from '../views/user.js';

/** https://discord.com/developers/docs/resources/channel#thread-metadata-object */
const USUAL_DURATION = 4320;

export interface ThreadOptions {
	/** The message it starts from has its id. */
	id?: Snowflake;
	name: string;
	type: number;
	ownerId: Snowflake;
	duration?: number | undefined;
	slowmode?: number | undefined;
	invitable?: boolean | undefined;
	tags?: Snowflake[];
}

/** Opens a thread below a channel, with its maker in it, and tells those who see it. */
export function openThread(discord: Discord, guild: Guild, parent: Channel, options: ThreadOptions): Channel {
	const { world } = discord;
	const thread = new Channel(options.id ?? world.ids.next(), options.type, guild.id);
	thread.name = options.name;
	thread.parentId = parent.id;
	thread.ownerId = options.ownerId;
	thread.slowmode = options.slowmode ?? parent.defaultThreadSlowmode;
	thread.appliedTags = options.tags ?? [];
	thread.thread = {
		archived: false,
		auto_archive_duration: options.duration ?? parent.defaultAutoArchiveDuration ?? USUAL_DURATION,
		archive_timestamp: world.now(),
		locked: false,
		create_timestamp: world.now(),
		...(options.type === ChannelType.PrivateThread ? { invitable: options.invitable ?? true } : {})
	};
	thread.threadMembers.set(options.ownerId, { join_timestamp: world.now(), flags: 0 });
	guild.threads.set(thread.id, thread);
	world.channels.set(thread.id, thread);
	discord.dispatcher.channel(thread, 'THREAD_CREATE', { ...channelView(world, thread), newly_created: true });
	tellMembers(discord, guild, thread, [options.ownerId], []);
	archiveWhenIdle(discord, thread);
	return thread;
}

export function threadMemberView(guild: Guild, thread: Channel, userId: Snowflake, withMember = false): JsonObject {
	const about = thread.threadMembers.get(userId) ?? { join_timestamp: new Date(0).toISOString(), flags: 0 };
	const member = withMember ? guild.members.get(userId) : undefined;
	return { id: thread.id, user_id: userId, ...about, ...(member === undefined ? {} : { member: memberView(member) }) };
}

/** Puts somebody into a thread; a private one then appears for him. */
export function joinThread(discord: Discord, guild: Guild, thread: Channel, userId: Snowflake): void {
	if (thread.threadMembers.has(userId)) return;
	const wasHidden = thread.type === ChannelType.PrivateThread;
	thread.threadMembers.set(userId, { join_timestamp: discord.world.now(), flags: 0 });
	if (wasHidden) {
		const view = { ...channelView(discord.world, thread), member: threadMemberView(guild, thread, userId) };
		if (discord.world.users.get(userId)?.bot) discord.dispatcher.bot(userId, guild.id, 'THREAD_CREATE', view);
		else discord.dispatcher.user(userId, 'THREAD_CREATE', view);
	}
	tellMembers(discord, guild, thread, [userId], []);
}

/** Who speaks in a thread is in it from then on, and opens it again if it was archived. */
export function speakInThread(discord: Discord, guild: Guild, thread: Channel, userId: Snowflake): void {
	const meta = thread.thread;
	if (meta?.archived) {
		meta.archived = false;
		meta.archive_timestamp = discord.world.now();
		archiveWhenIdle(discord, thread);
		discord.dispatcher.channel(thread, 'THREAD_UPDATE', channelView(discord.world, thread));
	}
	if (guild.members.has(userId)) joinThread(discord, guild, thread, userId);
}

export function leaveThread(discord: Discord, guild: Guild, thread: Channel, userId: Snowflake): void {
	if (!thread.threadMembers.has(userId)) return;
	// Told before he is out, so that he hears of it too.
	tellMembers(discord, guild, thread, [], [userId]);
	thread.threadMembers.delete(userId);
}

function tellMembers(discord: Discord, guild: Guild, thread: Channel, added: Snowflake[], removed: Snowflake[]): void {
	discord.dispatcher.channel(thread, 'THREAD_MEMBERS_UPDATE', {
		id: thread.id,
		guild_id: guild.id,
		member_count: thread.threadMembers.size - removed.length,
		...(added.length > 0 ? { added_members: added.map((id) => threadMemberView(guild, thread, id, true)) } : {}),
		...(removed.length > 0 ? { removed_member_ids: removed } : {})
	});
}

/** Archives a thread when its time without a word is over; asks again later while people talk or somebody reopens it. */
export function archiveWhenIdle(discord: Discord, thread: Channel): void {
	const { clock } = discord.world;
	const meta = thread.thread;
	if (meta === null || meta.archived) return;
	const spoke = Math.max(Date.parse(meta.archive_timestamp), lastMessageAt(thread));
	const left = spoke + meta.auto_archive_duration * 60_000 - clock.now();
	if (left > 0) {
		clock.after(left, () => archiveWhenIdle(discord, thread));
		return;
	}
	if (!discord.world.channels.has(thread.id)) return;
	meta.archived = true;
	meta.archive_timestamp = discord.world.now();
	discord.dispatcher.channel(thread, 'THREAD_UPDATE', channelView(discord.world, thread));
}

function lastMessageAt(thread: Channel): number {
	const last = thread.messages.get(thread.lastMessageId ?? '');
	return last === undefined ? 0 : Date.parse(last.timestamp);
}
