import type { JsonObject, Snowflake } from '../state/types.js';
import type { World } from '../state/world.js';

/** Stickers as a message carries them; those that no longer exist are left out. */
export function stickerItems(world: World, ids: readonly Snowflake[]): JsonObject[] {
	if (ids.length === 0) return [];
	return ids.flatMap((id) => {
		for (const guild of world.guilds.values()) {
			const sticker = guild.stickers.get(id);
			if (sticker !== undefined) return [{ id, name: sticker['name'] ?? '', format_type: sticker['format_type'] ?? 1 }];
		}
		return [];
	});
}
