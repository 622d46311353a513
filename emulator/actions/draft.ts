import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import type { UploadedFile } from '../rest/route.js';
import type { Channel } from '../state/channel.js';
import type { Message } from '../state/message.js';
import type { Attachment, JsonObject } from '../state/types.js';
import { storeAttachments } from './attachments.js';
import { normaliseComponents } from './components.js';
import { normaliseEmbeds, notShownInEmbeds } from './embeds.js';

/** What somebody wants to be said, read from a request. `undefined` leaves as it is (edits). */
export interface Draft {
	content: string | undefined;
	embeds: JsonObject[] | undefined;
	components: JsonObject[] | undefined;
	attachments: Attachment[] | undefined;
	flags: number | undefined;
	tts: boolean;
	nonce: string | number | null;
	enforceNonce: boolean;
	reference: JsonObject | undefined;
	allowedMentions: JsonObject | undefined;
	stickerIds: string[];
	poll: JsonObject | undefined;
}

/** Reads a message from a request and keeps its files. `kept` are the attachments of the message being edited. */
export function readDraft(discord: Discord, body: Body, files: UploadedFile[], channel: Channel, kept: Attachment[] = []): Draft {
	const content = body.has('content') ? (body.nullableString('content', 0, 4000) ?? '') : undefined;
	const flags = body.integer('flags', 0);
	const embeds = body.has('embeds') ? (body.objects('embeds') ?? []) : undefined;
	const components = body.has('components') ? (body.objects('components') ?? []) : undefined;
	const nonce = body.raw('nonce');
	const draft: Draft = {
		content,
		embeds,
		components,
		attachments: undefined,
		flags,
		tts: body.boolean('tts') ?? false,
		nonce: typeof nonce === 'string' || typeof nonce === 'number' ? nonce : null,
		enforceNonce: body.boolean('enforce_nonce') ?? false,
		reference: body.object('message_reference'),
		allowedMentions: body.object('allowed_mentions'),
		stickerIds: body.snowflakes('sticker_ids') ?? [],
		poll: body.object('poll')
	};
	body.done();
	const attachments = storeAttachments(discord, channel, body, files, kept);
	const around = { nextId: () => discord.world.ids.next(), attachments: attachments ?? kept };
	if (embeds !== undefined) draft.embeds = normaliseEmbeds(embeds, around.attachments);
	if (components !== undefined) draft.components = normaliseComponents(components, around);
	if (attachments !== undefined) draft.attachments = notShownInEmbeds(attachments, draft.embeds ?? []);
	return draft;
}

/** Refuses a message with nothing in it (50006). */
export function refuseEmpty(draft: Draft): void {
	const has = (list: unknown[] | undefined) => list !== undefined && list.length > 0;
	const said = (draft.content ?? '').trim() !== '' || has(draft.embeds) || has(draft.components) || has(draft.attachments);
	if (!said && draft.stickerIds.length === 0 && draft.poll === undefined && draft.reference?.['type'] !== 1) throw refuse(50006);
}

/** Refuses an edit that leaves nothing of a message (50006). */
export function refuseEmptied(draft: Draft, message: Message): void {
	if (message.poll !== null || message.snapshots !== null) return;
	refuseEmpty({
		...draft,
		content: draft.content ?? message.content,
		embeds: draft.embeds ?? message.embeds,
		components: draft.components ?? message.components,
		attachments: draft.attachments ?? message.attachments,
		stickerIds: message.stickers.map((sticker) => String(sticker['id']))
	});
}

/** What one may do with a message in a channel, from his permission bits. */
export interface Powers {
	embedLinks: boolean;
	mentionEveryone: boolean;
}

export function powersFrom(permissions: bigint): Powers {
	return {
		embedLinks: (permissions & PermissionFlagsBits.EmbedLinks) !== 0n,
		mentionEveryone: (permissions & PermissionFlagsBits.MentionEveryone) !== 0n
	};
}
