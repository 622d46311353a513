import { Resolvers } from '@sapphire/framework';
import type { Collection, GuildMember } from 'discord.js';
import type { ReadContext } from './option.js';

/** Discord: at most so many members for the beginning of a name. */
const mostAsked = 100;
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

/** The member that a text means, null for none: a mention or an id, then a name. Where it fits several, the caller chooses. */
export async function pickMember(typed: string, { guild, choose }: Pick<ReadContext, 'guild' | 'choose'>): Promise<GuildMember | null> {
	if (guild === null) return null;
	const byId = await Resolvers.resolveMember(typed, guild, false);
	if (byId.isOk()) return byId.unwrap();
	const name = typed.replace(/^@/, '').replace(/#0$/, '');
	// For nothing Discord would answer with anybody.
	if (name === '') return null;
	const asked = guild.members.fetch({ query: name, limit: mostAsked });
	const found = await asked.catch((): Collection<string, GuildMember> | null => null);
	const fits = matchMembers(name, [...(found?.values() ?? [])], namesOf);
	const [only] = fits;
	if (only === undefined || fits.length === 1) return only ?? null;
	const options = fits.slice(0, mostShown).map(({ id, displayName, user: { username } }) => ({
		label: displayName === username ? username : `${username} (${displayName})`,
		value: id
	}));
	const question = fits.length > mostShown ? 'commands:choose.many-members' : 'commands:choose.member';
	const chosen = await choose({ question, values: { given: typed }, options });
	// He may have left meanwhile.
	return (await Resolvers.resolveMember(chosen, guild, false)).unwrapOr(null);
}

function namesOf({ nickname, user: { username, globalName } }: GuildMember): Named {
	return { username, shown: [nickname, globalName] };
}
