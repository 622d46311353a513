import { type Guild, RESTJSONErrorCodes, type Snowflake, type User } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import { user } from './discord.js';
import type { OptionKind } from './option.js';

/** As many as Discord gives at once. https://discord.com/developers/docs/resources/guild#get-guild-bans */
const pageSize = 1_000;
/** Beyond ten thousand bans somebody is found by his id alone. */
const mostPages = 10;

/** Somebody who is banned, by his name too; others as `user` finds them. */
export function bannedUser(): OptionKind<User> {
	const anybody = user();
	return {
		...anybody,
		async parse(typed, context) {
			const name = typed.replace(/^@/, '').toLowerCase();
			const isName = /^[a-z0-9_.]{2,32}$/.test(name) && !/^\d{17,20}$/.test(name);
			const banned = isName && context.guild !== null ? await bannedAs(name, context.guild) : null;
			return banned ?? anybody.parse(typed, context);
		}
	};
}

async function bannedAs(name: string, guild: Guild): Promise<User | null> {
	let after: Snowflake = '0';
	for (let page = 0; page < mostPages; page++) {
		const asked = guild.bans.fetch({ limit: pageSize, after, cache: false });
		const bans = await onDiscordCode(asked, [RESTJSONErrorCodes.MissingPermissions], null);
		const found = bans?.find((ban) => ban.user.username === name);
		if (found !== undefined) return found.user;
		const last = bans?.lastKey();
		if (bans === null || last === undefined || bans.size < pageSize) return null;
		after = last;
	}
	return null;
}
