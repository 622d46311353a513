import type { Message } from '../state/model.js';
import type { Client } from './client.js';

interface ReactionEvent {
	channel_id: string;
	message_id: string;
	user_id: string;
	emoji: { id: string | null; name: string | null };
}

interface VoteEvent {
	channel_id: string;
	message_id: string;
	user_id: string;
	answer_id: number;
}

// biome-ignore lint/suspicious/noExplicitAny: an event's payload follows from its name, and the emulator checks it by type
type Handler = (client: Client, data: any) => void;

/** How many messages of a channel are kept on the page. */
const KEPT = 300;

/** What happens to messages of channels that were opened. */
export const messageEvents: Record<string, Handler> = {
	MESSAGE_CREATE(client, message: Message) {
		const list = client.messages.get(message.channel_id);
		if (list === undefined || list.some((known) => known.id === message.id)) return;
		client.messages.set(message.channel_id, [...list, message].slice(-KEPT));
	},
	MESSAGE_UPDATE(client, message: Message) {
		replace(client, message.channel_id, message.id, (old) => {
			// The event does not say which reactions and votes are one's own.
			const { reactions, ...rest } = { ...old, ...message, ...ownVotes(old, message) };
			return old.reactions === undefined ? rest : { ...rest, reactions: old.reactions };
		});
	},
	MESSAGE_DELETE(client, { channel_id, id }: { channel_id: string; id: string }) {
		drop(client, channel_id, [id]);
	},
	MESSAGE_DELETE_BULK(client, { channel_id, ids }: { channel_id: string; ids: string[] }) {
		drop(client, channel_id, ids);
	},
	MESSAGE_POLL_VOTE_ADD: (client, event: VoteEvent) => vote(client, event, 1),
	MESSAGE_POLL_VOTE_REMOVE: (client, event: VoteEvent) => vote(client, event, -1),
	MESSAGE_REACTION_ADD: (client, event: ReactionEvent) => react(client, event, 1),
	MESSAGE_REACTION_REMOVE: (client, event: ReactionEvent) => react(client, event, -1),
	MESSAGE_REACTION_REMOVE_ALL(client, { channel_id, message_id }: ReactionEvent) {
		replace(client, channel_id, message_id, (old) => ({ ...old, reactions: [] }));
	},
	MESSAGE_REACTION_REMOVE_EMOJI(client, { channel_id, message_id, emoji }: ReactionEvent) {
		replace(client, channel_id, message_id, (old) => ({
			...old,
			reactions: (old.reactions ?? []).filter((reaction) => keyOf(reaction.emoji) !== keyOf(emoji))
		}));
	}
};

function keyOf(emoji: { id: string | null; name: string | null }): string {
	return emoji.id ?? emoji.name ?? '';
}

function react(client: Client, event: ReactionEvent, by: 1 | -1): void {
	replace(client, event.channel_id, event.message_id, (old) => {
		const reactions = old.reactions ?? [];
		const known = reactions.find((reaction) => keyOf(reaction.emoji) === keyOf(event.emoji));
		const fresh = { emoji: event.emoji, count: 0, me: false, me_burst: false, burst_colors: [], count_details: { burst: 0, normal: 0 } };
		const before = known ?? fresh;
		const after = { ...before, count: before.count + by, me: event.user_id === client.id ? by === 1 : before.me };
		const others = known === undefined ? [...reactions, after] : reactions.map((reaction) => (reaction === known ? after : reaction));
		return { ...old, reactions: others.filter((reaction) => reaction.count > 0) };
	});
}

function vote(client: Client, event: VoteEvent, by: 1 | -1): void {
	replace(client, event.channel_id, event.message_id, (old) => {
		if (old.poll?.results === undefined) return old;
		const counts = old.poll.results.answer_counts;
		const before = counts.find(({ id }) => id === event.answer_id) ?? { id: event.answer_id, count: 0, me_voted: false };
		const after = { ...before, count: before.count + by, me_voted: event.user_id === client.id ? by === 1 : before.me_voted };
		const answer_counts = [...counts.filter(({ id }) => id !== event.answer_id), after];
		return { ...old, poll: { ...old.poll, results: { ...old.poll.results, answer_counts } } };
	});
}

/** The counts of a changed poll, with the votes that are known to be one's own. */
function ownVotes(old: Message, { poll }: Message): Pick<Message, 'poll'> {
	if (poll?.results === undefined) return {};
	const mine = new Set(old.poll?.results?.answer_counts.flatMap((each) => (each.me_voted ? [each.id] : [])));
	const answer_counts = poll.results.answer_counts.map((each) => ({ ...each, me_voted: mine.has(each.id) }));
	return { poll: { ...poll, results: { ...poll.results, answer_counts } } };
}

function replace(client: Client, channelId: string, id: string, change: (old: Message) => Message): void {
	const list = client.messages.get(channelId);
	if (list?.some((message) => message.id === id)) {
		client.messages.set(
			channelId,
			list.map((message) => (message.id === id ? change(message) : message))
		);
	}
}

function drop(client: Client, channelId: string, ids: readonly string[]): void {
	const list = client.messages.get(channelId);
	if (list === undefined) return;
	client.messages.set(
		channelId,
		list.filter((message) => !ids.includes(message.id))
	);
}
