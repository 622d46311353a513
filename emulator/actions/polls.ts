import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import type { Snowflake } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { messageEvent } from './messages.js';
import { isFinal, votesOf } from './pollState.js';
import { systemMessage } from './welcome.js';

/** Puts a user's choice in place of his last one and tells who may know. */
export function vote(discord: Discord, channel: Channel, message: Message, userId: Snowflake, answers: readonly number[]): void {
	const votes = votesOf(discord.world, message);
	for (const [id, voters] of votes)
		if (!answers.includes(id) && voters.delete(userId)) tell(discord, channel, message, 'MESSAGE_POLL_VOTE_REMOVE', userId, id);
	for (const id of answers) {
		const voters = votes.get(id) ?? new Set();
		votes.set(id, voters);
		if (voters.has(userId)) continue;
		voters.add(userId);
		tell(discord, channel, message, 'MESSAGE_POLL_VOTE_ADD', userId, id);
	}
}

function tell(discord: Discord, channel: Channel, message: Message, type: string, userId: Snowflake, answerId: number): void {
	const guild = message.guildId === null ? {} : { guild_id: message.guildId };
	discord.dispatcher.channel(channel, type, {
		user_id: userId,
		channel_id: channel.id,
		message_id: message.id,
		...guild,
		answer_id: answerId
	});
}

/** Ends a poll: the counts become final and Discord posts who won. */
export function endPoll(discord: Discord, channel: Channel, message: Message): void {
	if (message.poll === null || !channel.messages.has(message.id)) return;
	if (isFinal(message)) return;
	message.poll = { ...message.poll, expiry: isoTime(discord.world.clock.now()), results: { answer_counts: [], is_finalized: true } };
	const guild = discord.world.guilds.get(channel.guildId ?? '') ?? null;
	discord.dispatcher.message(channel, message, 'MESSAGE_UPDATE', messageEvent(discord, guild, message));
	const reference = { type: 0, message_id: message.id, channel_id: channel.id };
	systemMessage(discord, channel, message.author, { type: 46, reference });
}

/** Lets a new message's poll end by itself. */
export function schedulePollEnd(discord: Discord, channel: Channel, message: Message): void {
	const left = Date.parse(String(message.poll?.['expiry'])) - discord.world.clock.now();
	discord.world.clock.after(left, () => endPoll(discord, channel, message));
}
