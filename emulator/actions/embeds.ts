import { isObject } from '../rest/body.js';
import type { Attachment, Json, JsonObject } from '../state/types.js';
import { attachmentOf } from './components.js';

/** Embeds as Discord gives them back: type filled in, empty keys gone, `attachment://` addresses made real. */
export function normaliseEmbeds(embeds: JsonObject[], attachments: readonly Attachment[]): JsonObject[] {
	return embeds.map((embed) => {
		const clean: JsonObject = { type: 'rich' };
		for (const [key, value] of Object.entries(embed)) {
			if (value !== null && value !== undefined && value !== '' && key !== 'type') clean[key] = value;
		}
		if (Array.isArray(embed['fields'])) {
			clean['fields'] = embed['fields']
				.filter(isObject)
				.map((field) => ({ name: field['name'], value: field['value'], inline: field['inline'] === true }));
		}
		for (const key of ['image', 'thumbnail']) if (isObject(clean[key])) clean[key] = picture(clean[key], 'url', attachments);
		for (const key of ['author', 'footer']) if (isObject(clean[key])) clean[key] = picture(clean[key], 'icon_url', attachments);
		if (typeof clean['timestamp'] === 'string') clean['timestamp'] = clean['timestamp'].replace('Z', '000+00:00');
		return clean;
	});
}

function picture(part: Json | undefined, key: string, attachments: readonly Attachment[]): JsonObject {
	const clean: JsonObject = {};
	for (const [name, value] of Object.entries(isObject(part) ? part : {})) if (value !== null && value !== undefined) clean[name] = value;
	const url = clean[key];
	if (typeof url !== 'string') return clean;
	const attachment = attachmentOf(url, attachments);
	const real = attachment?.url ?? url;
	clean[key] = real;
	clean[`proxy_${key}`] = real;
	if (key === 'url') {
		clean['width'] = attachment?.width ?? 0;
		clean['height'] = attachment?.height ?? 0;
	}
	return clean;
}

/** The attachments that embeds show are not listed beside them. */
export function notShownInEmbeds(attachments: Attachment[], embeds: readonly JsonObject[]): Attachment[] {
	const shown = new Set<Json | undefined>();
	for (const embed of embeds) {
		for (const [part, key] of [
			['image', 'url'],
			['thumbnail', 'url'],
			['author', 'icon_url'],
			['footer', 'icon_url']
		] as const) {
			const value = embed[part];
			if (isObject(value)) shown.add(value[key]);
		}
	}
	return attachments.filter((attachment) => !shown.has(attachment.url));
}
