import type { Discord } from '../discord.js';
import { canView } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject, Snowflake } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { threadMemberView } from './threads.js';

/**
 * Makes a change of permissions, then tells everybody connected who came to see a channel by it which threads are open there.
 * https://discord.com/developers/docs/events/gateway-events#thread-list-sync
 */
export function withThreadSync(discord: Discord, guild: Guild, change: () => void): void {
	const open = [...guild.threads.values()].filter(({ thread }) => thread?.archived === false);
	const parents = [...new Set(open.flatMap(({ parentId }) => guild.channels.get(parentId ?? '') ?? []))];
	const people = new Set([...discord.dispatcher.sessions].map(({ account }) => account.user.id).filter((id) => guild.members.has(id)));
	const seen = (userId: Snowflake) => parents.filter((parent) => canView(discord.world, userId, parent)).map(({ id }) => id);
	const before = new Map(parents.length === 0 ? [] : [...people].map((id) => [id, new Set(seen(id))]));
	change();
	for (const [userId, known] of before) {
		const gained = seen(userId).filter((id) => !known.has(id));
		if (gained.length === 0) continue;
		const threads = open.filter((thread) => gained.includes(thread.parentId ?? '') && canView(discord.world, userId, thread));
		const mine = threads.filter(({ threadMembers }) => threadMembers.has(userId));
		const data: JsonObject = {
			guild_id: guild.id,
			channel_ids: gained,
			threads: threads.map((thread) => channelView(discord.world, thread)),
			members: mine.map((thread) => threadMemberView(guild, thread, userId))
		};
		if (discord.world.users.get(userId)?.bot) discord.dispatcher.bot(userId, guild.id, 'THREAD_LIST_SYNC', data);
		else discord.dispatcher.user(userId, 'THREAD_LIST_SYNC', data);
	}
}
