import type { JsonObject } from '../state/types.js';
import { asObject, asObjects } from './api.js';

/** A message as a person sees it. */
export interface SeenMessage {
	id: string;
	channelId: string;
	content: string;
	/** Everything it says in words: content, embeds and text components, a line each. */
	text: string;
	authorId: string;
	authorName: string;
	isBot: boolean;
	ephemeral: boolean;
	/** "is thinking…" */
	loading: boolean;
	edited: boolean;
	embeds: JsonObject[];
	components: JsonObject[];
	attachments: JsonObject[];
	/** Ids of those it pings. */
	mentions: string[];
	mentionsEveryone: boolean;
	replyTo: string | null;
	/** The message as the API wrote it. */
	raw: JsonObject;
}

/** Reads a message of the API. */
export function readMessage(raw: JsonObject): SeenMessage {
	const author = asObject(raw['author']);
	const flags = Number(raw['flags'] ?? 0);
	const embeds = asObjects(raw['embeds']);
	const components = asObjects(raw['components']);
	const content = String(raw['content'] ?? '');
	const reference = asObject(raw['message_reference'])['message_id'];
	return {
		id: String(raw['id']),
		channelId: String(raw['channel_id']),
		content,
		text: [content, ...embeds.flatMap(embedText), ...flatten(components).flatMap(componentText)].filter((line) => line !== '').join('\n'),
		authorId: String(author['id']),
		authorName: String(author['username']),
		isBot: author['bot'] === true,
		ephemeral: (flags & 64) !== 0,
		loading: (flags & 128) !== 0,
		edited: raw['edited_timestamp'] !== null && raw['edited_timestamp'] !== undefined,
		embeds,
		components,
		attachments: asObjects(raw['attachments']),
		mentions: asObjects(raw['mentions']).map((user) => String(user['id'])),
		mentionsEveryone: raw['mention_everyone'] === true,
		replyTo: typeof reference === 'string' ? reference : null,
		raw
	};
}

function embedText(embed: JsonObject): string[] {
	const fields = asObjects(embed['fields']).flatMap((field) => [field['name'], field['value']]);
	const parts = [asObject(embed['author'])['name'], embed['title'], embed['description'], ...fields, asObject(embed['footer'])['text']];
	return parts.filter((part): part is string => typeof part === 'string');
}

function componentText(component: JsonObject): string[] {
	return typeof component['content'] === 'string' ? [component['content']] : [];
}

/** Every component of a tree, in reading order. */
export function flatten(components: JsonObject[]): JsonObject[] {
	return components.flatMap((component) => {
		const single = [component['accessory'], component['component']].map(asObject).filter((child) => child['type'] !== undefined);
		return [component, ...flatten(asObjects(component['components'])), ...flatten(single)];
	});
}

/** Finds a button by custom id, label, emoji or address; or a select by custom id or placeholder. */
export function findComponent(message: { components: JsonObject[] }, wanted: string): JsonObject | null {
	const all = flatten(message.components);
	const keys = ['custom_id', 'label', 'placeholder', 'url'];
	for (const key of keys) {
		const found = all.find((component) => component[key] === wanted);
		if (found !== undefined) return found;
	}
	return all.find((component) => asObject(component['emoji'])['name'] === wanted) ?? null;
}
