import type { Guild, GuildBasedChannel } from 'discord.js';

/**
 * The channel that a text means: by mention or id, else by its name. Several may have one name, such as a category and a channel in it:
 * one of the wanted kind comes first, and among those one whose letters are the same.
 */
export function findChannel(
	typed: string,
	{ channels }: Pick<Guild, 'channels'>,
	isWanted: (channel: GuildBasedChannel) => boolean
): GuildBasedChannel | undefined {
	const id = /^(?:<#)?(\d{17,20})>?$/.exec(typed)?.[1];
	if (id !== undefined) return channels.cache.get(id);
	const name = typed.replace(/^#/, '');
	const named = channels.cache.filter((one) => one.name.toLowerCase() === name.toLowerCase());
	const wanted = named.filter(isWanted);
	return wanted.find((one) => one.name === name) ?? wanted.first() ?? named.first();
}
