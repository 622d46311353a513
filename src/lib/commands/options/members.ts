import { type Guild, type GuildMember, RESTJSONErrorCodes, type User } from 'discord.js';
import { isSnowflake } from '#lib/core/snowflake.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { ReadContext } from './option.js';

/** Discord: at most so many members for the beginning of a name. */
const mostAsked = 100;
/** Discord answers at once; in a server that the bot was put out of it never does. Milliseconds. */
const patienceMs = 3_000;
/** As many as one select shows. */
const mostShown = 25;

/** The names that somebody goes by. */
export interface Named {
	/** The one that nobody else on Discord has. */
	readonly username: string;
	/** Of this server and of Discord, as others see them. Anybody may take anybody's. */
	readonly shown: readonly (string | null)[];
}

/**
 * Who of those whose name begins with a text may be meant. A whole name counts more than a beginning, and a username more than a name
 * that anybody may take. Not one is chosen where several fit: whoever comes first would be punished for another.
 */
export function matchMembers<M>(typed: string, members: readonly M[], namesOf: (member: M) => Named): readonly M[] {
	const name = typed.toLowerCase();
	const own = members.filter((member) => namesOf(member).username.toLowerCase() === name);
	if (own.length > 0) return own;
	const whole = members.filter((member) => namesOf(member).shown.some((shown) => shown?.toLowerCase() === name));
	return whole.length > 0 ? whole : members;
}

/** The id in a mention, or one alone; null for anything else. */
function idIn(typed: string): string | null {
	const id = /^(?:<@!?(\d+)>|(\d+))$/
		.exec(typed)
		?.slice(1)
		.find((found) => found !== undefined);
	return id !== undefined && isSnowflake(id) ? id : null;
}

/** Null where nobody has this id. While Discord does not answer, nobody is taken for somebody who is not there: that rejects. */
export async function userById(typed: string, { client }: Pick<ReadContext, 'client'>): Promise<User | null> {
	const id = idIn(typed);
	return id === null ? null : onDiscordCode(client.users.fetch(id), [RESTJSONErrorCodes.UnknownUser], null);
}

async function memberById(typed: string, { members }: Guild): Promise<GuildMember | null> {
	const id = idIn(typed);
	return id === null ? null : onDiscordCode(members.fetch(id), [RESTJSONErrorCodes.UnknownMember, RESTJSONErrorCodes.UnknownUser], null);
}

/** The member that a text means, null for none: a mention or an id, then a name. Where it fits several, the caller chooses. */
export async function pickMember(typed: string, { guild, choose }: Pick<ReadContext, 'guild' | 'choose'>): Promise<GuildMember | null> {
	if (guild === null) return null;
	return (await memberById(typed, guild)) ?? pickByName(typed, { guild, choose });
}

/** The member whom a name means, null for none. */
export async function pickByName(typed: string, { guild, choose }: Pick<ReadContext, 'guild' | 'choose'>): Promise<GuildMember | null> {
	if (guild === null) return null;
	const name = typed.replace(/^@/, '').replace(/#0$/, '');
	// For nothing Discord would answer with anybody.
	if (name === '') return null;
	const found = await guild.members.fetch({ query: name, limit: mostAsked, time: patienceMs });
	const fits = matchMembers(name, [...found.values()], namesOf);
	const [only] = fits;
	if (only === undefined || fits.length === 1) return only ?? null;
	const options = fits.slice(0, mostShown).map(({ id, displayName, user: { username } }) => ({
		label: displayName === username ? username : `${username} (${displayName})`,
		value: id
	}));
	const question = fits.length > mostShown ? 'commands:choose.many-members' : 'commands:choose.member';
	const chosen = await choose({ question, values: { given: typed }, options });
	// He may have left meanwhile.
	return memberById(chosen, guild);
}

function namesOf({ nickname, user: { username, globalName } }: GuildMember): Named {
	return { username, shown: [nickname, globalName] };
}
