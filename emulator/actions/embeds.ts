import type { JsonObject } from '../state/types.js';

/** Embeds as Discord gives them back: type filled in, empty keys gone. */
export function normaliseEmbeds(embeds: JsonObject[]): JsonObject[] {
	return embeds.map((embed) => {
		const clean: JsonObject = { type: 'rich' };
		for (const [key, value] of Object.entries(embed)) if (value !== null && value !== undefined && key !== 'type') clean[key] = value;
		if (Array.isArray(embed['fields'])) clean['fields'] = embed['fields'].map((field) => ({ inline: false, ...(field as JsonObject) }));
		return clean;
	});
}
