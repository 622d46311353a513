import { isObject } from '../rest/body.js';
import type { Message } from '../state/message.js';
import type { JsonObject, Snowflake } from '../state/types.js';
import { isoTime, type World } from '../state/world.js';

const hourMs = 60 * 60_000;
const usualHours = 24;

/** The kept form of a poll that somebody posts. https://discord.com/developers/docs/resources/poll#poll-object */
export function newPoll(world: World, request: JsonObject): JsonObject {
	const answers = Array.isArray(request['answers']) ? request['answers'] : [];
	const hours = typeof request['duration'] === 'number' ? request['duration'] : usualHours;
	return {
		question: request['question'] ?? { text: '' },
		answers: answers.map((answer, index) => ({ answer_id: index + 1, poll_media: mediaOf(answer) })),
		expiry: isoTime(world.clock.now() + hours * hourMs),
		allow_multiselect: request['allow_multiselect'] === true,
		layout_type: 1,
		results: { answer_counts: [], is_finalized: false }
	};
}

function mediaOf(answer: unknown): JsonObject {
	const media = isObject(answer) ? answer['poll_media'] : null;
	if (!isObject(media)) return {};
	const { text, emoji } = media;
	return {
		...(text === undefined ? {} : { text }),
		...(isObject(emoji) ? { emoji: { id: emoji['id'] ?? null, name: emoji['name'] ?? '' } } : {})
	};
}

/** Who chose what: answers of a message's poll with their voters. */
export function votesOf(world: World, message: Message): Map<number, Set<Snowflake>> {
	const votes = world.pollVotes.get(message.id) ?? new Map<number, Set<Snowflake>>();
	world.pollVotes.set(message.id, votes);
	return votes;
}

export function isFinal(message: Message): boolean {
	const results = message.poll?.['results'];
	return typeof results === 'object' && results !== null && !Array.isArray(results) && results['is_finalized'] === true;
}

export function isOver(world: World, message: Message): boolean {
	return isFinal(message) || Date.parse(String(message.poll?.['expiry'])) <= world.clock.now();
}
