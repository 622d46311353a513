import type { EmojiRef } from '../state/types.js';
import type { World } from '../state/world.js';

/** An emoji of a path: `name:id`, `id`, or the character itself; null when there is no such emoji. */
export function readEmoji(world: World, text: string): EmojiRef | null {
	const id = /^(?:[\w~]+:)?(\d{15,20})$/.exec(text)?.[1];
	if (id !== undefined) {
		for (const guild of world.guilds.values()) {
			const emoji = guild.emojis.get(id);
			if (emoji !== undefined) return { id, name: emoji.name, animated: emoji.animated };
		}
		for (const application of world.applications.values()) {
			const emoji = application.emojis.get(id);
			if (emoji !== undefined) return { id, name: String(emoji['name']), animated: emoji['animated'] === true };
		}
		return null;
	}
	return isUnicodeEmoji(text) ? { id: null, name: text } : null;
}

/** True for text that begins as an emoji does. */
export function isUnicodeEmoji(text: string): boolean {
	return /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u.test(text);
}
