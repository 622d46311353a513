import { type MessagePart, messageOperations, messagePart } from './messageParts.js';
import { lengthOf, objectsOf, type Report, type Rule, type RuleContext, textOf } from './report.js';

const contentLimit = 2000;
const embedsTotal = 6000;
const pollAnswerLimit = 55;
const messagePage = 'resources/message#create-message';

/** Flags a bot may set: suppress embeds, ephemeral, suppress notifications, voice message, components v2. */
const settableFlags = (1 << 2) | (1 << 6) | (1 << 12) | (1 << 13) | (1 << 15);

type Check = (part: MessagePart, report: Report, context: RuleContext) => void;

/** A rule for every operation that carries a message. */
export function messageRule(name: string, page: string, check: Check): Rule[] {
	return messageOperations.map((operation) => ({
		name,
		page,
		operations: [operation],
		check(body, report, context) {
			const part = messagePart(operation, body);
			if (part) check(part, report, part.isNew ? { ...context, edited: null } : context);
		}
	}));
}

export const messageRules: readonly Rule[] = [
	...messageRule('content has at most 2000 characters', messagePage, ({ message, prefix }, report) => {
		if (lengthOf(message.content) <= contentLimit) return;
		report.fault(`${prefix}content`, 'BASE_TYPE_MAX_LENGTH', `Must be ${contentLimit} or fewer in length.`);
	}),
	...messageRule('a message is not empty', messagePage, (part, report, { fileCount }) => {
		if (part.isNew && fileCount === 0 && isEmpty(part)) report.refuse(50006);
	}),
	...messageRule('embeds have at most 6000 characters in total', 'resources/message#embed-object-embed-limits', checkTotal),
	...messageRule('an embed shows something', 'resources/message#embed-object', ({ message, prefix }, report) => {
		for (const [index, embed] of objectsOf(message.embeds).entries()) {
			const shown = ['title', 'description', 'image', 'thumbnail', 'author', 'footer', 'video', 'timestamp'].some((key) =>
				Boolean(embed[key])
			);
			if (shown || objectsOf(embed.fields).length > 0) continue;
			report.fault(`${prefix}embeds.${index}.description`, 'BASE_TYPE_REQUIRED', 'This field is required');
		}
	}),
	...messageRule('fields of an embed have a name and a value', 'resources/message#embed-object-embed-field-structure', checkFields),
	...messageRule('addresses in embeds are http(s), or attachments for pictures', 'resources/message#embed-object', checkAddresses),
	...messageRule(
		'a kind of mention is parsed or listed, not both',
		'resources/message#allowed-mentions-object',
		({ message, prefix }, report) => {
			const mentions = message.allowed_mentions;
			if (typeof mentions !== 'object' || mentions === null || Array.isArray(mentions) || !Array.isArray(mentions.parse)) return;
			for (const kind of ['users', 'roles']) {
				const listed = mentions[kind];
				if (!mentions.parse.includes(kind) || !Array.isArray(listed) || listed.length === 0) continue;
				const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
				report.fault(`${prefix}allowed_mentions`, 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message);
			}
		}
	),
	...messageRule('an answer of a poll has at most 55 characters', 'resources/poll#poll-media-object', ({ message, prefix }, report) => {
		const [poll] = objectsOf([message.poll ?? null]);
		for (const [index, answer] of objectsOf(poll?.answers).entries()) {
			const [media] = objectsOf([answer.poll_media ?? null]);
			if (lengthOf(media?.text) <= pollAnswerLimit) continue;
			const path = `${prefix}poll.answers.${index}.poll_media.text`;
			report.fault(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${pollAnswerLimit} or fewer in length.`);
		}
	}),
	...messageRule('only some flags may be set', 'resources/message#message-object-message-flags', ({ message, prefix, isNew }, report) => {
		if (!isNew || typeof message.flags !== 'number' || (message.flags & ~settableFlags) === 0) return;
		report.fault(`${prefix}flags`, 'BASE_TYPE_BAD_INT', 'Only suppress, ephemeral, silent, voice and components flags may be set.');
	}),
	{
		name: 'two to a hundred messages are deleted at once',
		page: 'resources/message#bulk-delete-messages',
		operations: ['bulk_delete_messages'],
		check(body, report) {
			if (Array.isArray(body.messages) && (body.messages.length < 2 || body.messages.length > 100)) report.refuse(50016);
		}
	},
	{
		name: 'a nonce is needed to enforce it',
		page: messagePage,
		operations: ['create_message'],
		check(body, report) {
			const isMissing = body.nonce === undefined || body.nonce === null || body.nonce === '';
			if (body.enforce_nonce === true && isMissing) report.fault('nonce', 'BASE_TYPE_REQUIRED', 'This field is required');
		}
	},
	{
		name: 'names of webhooks are not those of Discord',
		page: 'resources/webhook#create-webhook',
		operations: ['create_webhook', 'update_webhook', 'update_webhook_by_token', 'execute_webhook'],
		check(body, report) {
			for (const key of ['name', 'username']) {
				const forbidden = ['clyde', 'discord'].find((word) => textOf(body[key]).toLowerCase().includes(word));
				if (!forbidden) continue;
				report.fault(key, 'USERNAME_INVALID_CONTAINS', `Username cannot contain "${forbidden}"`);
			}
		}
	}
];

function isEmpty({ message }: MessagePart): boolean {
	const filled = ['embeds', 'components', 'sticker_ids', 'attachments'].some(
		(key) => Array.isArray(message[key]) && message[key].length > 0
	);
	if (filled || message.poll || message.shared_client_theme || textOf(message.content).trim() !== '') return false;
	// A forward has no words of its own.
	const reference = message.message_reference;
	return !(typeof reference === 'object' && reference !== null && !Array.isArray(reference) && reference.type === 1);
}

function checkTotal({ message, prefix }: MessagePart, report: Report): void {
	let total = 0;
	for (const embed of objectsOf(message.embeds)) {
		const [footer, author] = [objectsOf([embed.footer ?? null]), objectsOf([embed.author ?? null])];
		const texts = [embed.title, embed.description, footer[0]?.text, author[0]?.name];
		const fields = objectsOf(embed.fields).flatMap(({ name, value }) => [name, value]);
		total += [...texts, ...fields].reduce((sum: number, text) => sum + lengthOf(text), 0);
	}
	if (total <= embedsTotal) return;
	report.fault(`${prefix}embeds`, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${embedsTotal}`);
}

function checkFields({ message, prefix }: MessagePart, report: Report): void {
	for (const [index, embed] of objectsOf(message.embeds).entries()) {
		for (const [position, field] of objectsOf(embed.fields).entries()) {
			for (const key of ['name', 'value']) {
				if (textOf(field[key]).trim() !== '') continue;
				report.fault(`${prefix}embeds.${index}.fields.${position}.${key}`, 'BASE_TYPE_REQUIRED', 'This field is required');
			}
		}
	}
}

function checkAddresses({ message, prefix }: MessagePart, report: Report): void {
	for (const [index, embed] of objectsOf(message.embeds).entries()) {
		const parts = { author: embed.author, footer: embed.footer, image: embed.image, thumbnail: embed.thumbnail };
		const found: [string, unknown, boolean][] = [['url', embed.url, false]];
		for (const [name, part] of Object.entries(parts)) {
			if (typeof part !== 'object' || part === null || Array.isArray(part)) continue;
			const isPicture = name === 'image' || name === 'thumbnail';
			found.push([`${name}.url`, part.url, isPicture], [`${name}.icon_url`, part.icon_url, true]);
		}
		for (const [path, value, mayAttach] of found) {
			if (typeof value !== 'string' || isAddress(value, mayAttach)) continue;
			const schemes = "('http', 'https')";
			report.fault(
				`${prefix}embeds.${index}.${path}`,
				'URL_TYPE_INVALID_SCHEME',
				`Scheme "${value.split(':')[0]}" is not supported. Scheme must be one of ${schemes}.`
			);
		}
	}
}

function isAddress(value: string, mayAttach: boolean): boolean {
	return /^https?:\/\//i.test(value) || (mayAttach && value.startsWith('attachment://'));
}
