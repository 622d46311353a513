import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { readEmoji } from '../actions/emojiRef.js';
import { addReaction, clearReactions, findReaction, removeReaction } from '../actions/reactions.js';
import { DiscordError, refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { requireChannel, requirePermission } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { EmojiRef, Json } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { powersIn, requireMessage } from './messages.js';

const LIMIT = { limit: { requests: 1, per: 250 } };
/** Discord: 20 different emojis on a message. */
const MOST = 20;

/** Reactions in all forms. */
export function reactions(routes: RouteTable): void {
	const all = '/channels/:channelId/messages/:messageId/reactions';
	routes.put(`${all}/:emoji/@me`, add, LIMIT);
	routes.delete(`${all}/:emoji/@me`, (call) => remove(call, call.actorId), LIMIT);
	routes.delete(`${all}/:emoji/:userId`, (call) => remove(call, call.param('userId')), LIMIT);
	routes.get(`${all}/:emoji`, list);
	routes.delete(`${all}/:emoji`, (call) => clear(call, true), LIMIT);
	routes.delete(all, (call) => clear(call, false), LIMIT);
}

function place(call: Call): { channel: Channel; message: Message } {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	return { channel, message: requireMessage(call, channel) };
}

function add(call: Call): Reply {
	const { channel, message } = place(call);
	requirePermission(call.world, call.actorId, channel, Bits.ReadMessageHistory);
	if (message.onlyFor !== null) throw refuse(10008);
	if (channel.thread?.archived) throw refuse(50083);
	const emoji = requireEmoji(call, channel);
	const known = findReaction(message, emoji);
	if (known === null) {
		// Joining a reaction that is there needs no permission to add new ones.
		requirePermission(call.world, call.actorId, channel, Bits.AddReactions);
		if ((message.reactions?.size ?? 0) >= MOST) throw refuse(30010);
	}
	const author = call.world.accountsByUser.get(message.author.id);
	if (author?.blocked.has(call.actorId)) throw refuse(90001);
	addReaction(call.discord, channel, message, call.actor.user, emoji);
	return noContent;
}

/** The emoji of the path. Here Discord answers 10014 with 400, elsewhere with 404. */
function readPathEmoji(call: Call): EmojiRef {
	const emoji = readEmoji(call.world, call.param('emoji'));
	if (emoji === null) throw new DiscordError(10014, 400, 'Unknown Emoji');
	return emoji;
}

/** As `readPathEmoji`, and one that may be used here. */
function requireEmoji(call: Call, channel: Channel): EmojiRef {
	const emoji = readPathEmoji(call);
	if (emoji.id === null || channel.guildId === null) return emoji;
	const foreign = call.world.guilds.get(channel.guildId)?.emojis.has(emoji.id) !== true;
	if (foreign && (powersIn(call, channel) & Bits.UseExternalEmojis) === 0n) throw refuse(50013);
	return emoji;
}

function remove(call: Call, userId: string): Reply {
	const { channel, message } = place(call);
	if (userId !== call.actorId) {
		if (channel.isDm) throw refuse(50003);
		requirePermission(call.world, call.actorId, channel, Bits.ManageMessages);
	}
	const emoji = readPathEmoji(call);
	removeReaction(call.discord, channel, message, userId, emoji);
	return noContent;
}

function clear(call: Call, one: boolean): Reply {
	const { channel, message } = place(call);
	if (channel.isDm) throw refuse(50003);
	requirePermission(call.world, call.actorId, channel, Bits.ManageMessages);
	const emoji = one ? readPathEmoji(call) : null;
	clearReactions(call.discord, channel, message, emoji);
	return noContent;
}

function list(call: Call): Json[] {
	const { message } = place(call);
	const emoji = readPathEmoji(call);
	// Nobody pays for a super reaction here.
	if (call.query['type'] === '1') return [];
	const after = call.query['after'] ?? '0';
	const ids = [...(findReaction(message, emoji)?.users ?? [])].filter((id) => compareSnowflakes(id, after) > 0).sort(compareSnowflakes);
	return ids.slice(0, call.limit('limit', 25, 1, 100)).flatMap((id) => {
		const user = call.world.users.get(id);
		return user === undefined ? [] : [partialUserView(user)];
	});
}
