import type { Client } from 'discord.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { JailDiscord } from '../ports.js';
import { jailGreeting } from '../view/jail.js';
import { postOnce } from './postOnce.js';

export interface JailDiscordOptions {
	readonly client: Client;
	/** The language of a person in a server. */
	readonly speak: (guildId: string, userId: string) => { readonly t: Translate };
}

/** Discord: so many people are asked for at once. */
const mostAskedFor = 100;

export function jailDiscord({ client, speak }: JailDiscordOptions): JailDiscord {
	return {
		async greet(channelId, userId, one) {
			const body = jailGreeting(userId, one, speak(one.guildId, userId).t);
			await postOnce(client.rest, channelId, body, `jail ${one.guildId} ${one.number}`, [userId]);
		},
		async rolesOf(guildId, userIds) {
			const guild = client.guilds.cache.get(guildId);
			const found = new Map<string, readonly string[]>();
			if (guild === undefined) return found;
			for (let start = 0; start < userIds.length; start += mostAskedFor) {
				const members = await guild.members.fetch({ user: userIds.slice(start, start + mostAskedFor) });
				for (const [id, member] of members) found.set(id, [...member.roles.cache.keys()]);
			}
			return found;
		}
	};
}
