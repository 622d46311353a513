import type { Client } from 'discord.js';

/** What a member, channel or role of a server is called, as far as this process holds it; asks nobody. */
export function knownName({ guilds, users }: Pick<Client, 'guilds' | 'users'>, guildId: string, key: string): string | null {
	const guild = guilds.cache.get(guildId);
	const place = guild?.channels.cache.get(key) ?? guild?.roles.cache.get(key);
	return place?.name ?? guild?.members.cache.get(key)?.user.username ?? users.cache.get(key)?.username ?? null;
}
