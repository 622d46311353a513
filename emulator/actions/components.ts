import { isObject } from '../rest/body.js';
import { invalidBody } from '../rest/errors.js';
import type { Attachment, Json, JsonObject } from '../state/types.js';
import { isSelect, Kind } from './componentKinds.js';

/** What components need to know about the message that carries them. */
export interface ComponentSurroundings {
	nextId: () => string;
	/** The files of this message, for `attachment://` addresses. */
	attachments: readonly Attachment[];
}

/** Components as Discord gives them back: each with an `id` counted in reading order, defaults filled in, media unfurled. */
export function normaliseComponents(components: JsonObject[], around: ComponentSurroundings): JsonObject[] {
	let next = 1;
	const taken = new Set(flattenComponents(components).map((component) => component['id']));
	const number = () => {
		while (taken.has(next)) next++;
		return next++;
	};
	const visit = (component: JsonObject): JsonObject => {
		const clean: JsonObject = {};
		for (const [key, value] of Object.entries(component)) if (value !== undefined && value !== null) clean[key] = value;
		if (typeof clean['id'] !== 'number' || clean['id'] === 0) clean['id'] = number();
		const below = clean['components'];
		if (Array.isArray(below)) clean['components'] = below.map((child) => (isObject(child) ? visit(child) : child));
		for (const key of ['accessory', 'component']) {
			const child = clean[key];
			if (isObject(child)) clean[key] = visit(child);
		}
		return { ...defaults(Number(clean['type'])), ...clean, ...media(clean, around) };
	};
	return components.map(visit);
}

function defaults(type: number): JsonObject {
	if (isSelect(type)) return { min_values: 1, max_values: 1 };
	if (type === Kind.Container) return { accent_color: null, spoiler: false };
	if (type === Kind.Separator) return { spacing: 1, divider: true };
	if (type === Kind.Thumbnail) return { description: null, spoiler: false };
	if (type === Kind.TextInput) return { min_length: 0, max_length: 4000, required: true };
	return {};
}

function media(component: JsonObject, around: ComponentSurroundings): JsonObject {
	const type = Number(component['type']);
	if (type === Kind.Thumbnail) return { media: unfurl(component['media'], around) };
	if (type === Kind.MediaGallery && Array.isArray(component['items'])) {
		const items = component['items'].filter(isObject);
		return { items: items.map((item) => ({ description: null, spoiler: false, ...item, media: unfurl(item['media'], around) })) };
	}
	if (type !== Kind.File) return {};
	const file = unfurl(component['file'], around);
	const attachment = around.attachments.find((candidate) => candidate.id === file['attachment_id']);
	return { file, name: attachment?.filename ?? null, size: attachment?.size ?? null, spoiler: component['spoiler'] ?? false };
}

const ATTACHMENT = 'attachment://';

function refuseAttachment() {
	const code = 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND';
	return invalidBody({ components: [{ code, message: 'The referenced attachment was not found' }] });
}

function unfurl(item: Json | undefined, around: ComponentSurroundings): JsonObject {
	const url = isObject(item) ? String(item['url']) : '';
	const attachment = attachmentOf(url, around.attachments);
	if (attachment === null && url.startsWith(ATTACHMENT)) throw refuseAttachment();
	if (attachment === null) return { id: around.nextId(), url, proxy_url: url, width: null, height: null, content_type: null };
	return {
		id: around.nextId(),
		url: attachment.url,
		proxy_url: attachment.proxy_url,
		width: attachment.width ?? null,
		height: attachment.height ?? null,
		content_type: attachment.content_type ?? null,
		attachment_id: attachment.id
	};
}

/** The file that an `attachment://name` address means. */
export function attachmentOf(url: string, attachments: readonly Attachment[]): Attachment | null {
	if (!url.startsWith(ATTACHMENT)) return null;
	const name = url.slice(ATTACHMENT.length);
	return attachments.find((attachment) => attachment.filename === name) ?? null;
}

/** Every component of a tree, containers included, in reading order. */
export function flattenComponents(components: readonly Json[]): JsonObject[] {
	const all: JsonObject[] = [];
	for (const component of components) {
		if (!isObject(component)) continue;
		all.push(component);
		if (Array.isArray(component['components'])) all.push(...flattenComponents(component['components']));
		for (const key of ['accessory', 'component']) {
			const below = component[key];
			if (isObject(below)) all.push(...flattenComponents([below]));
		}
	}
	return all;
}
