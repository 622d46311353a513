import type { Role } from 'discord.js';
import type { ReadContext } from './option.js';

/** As many as one select shows. */
const mostShown = 25;

export interface Match<R> {
	readonly role: R | null;
	/** More than one role whose name has the text in it; the highest first. */
	readonly candidates: readonly R[];
}

/** Mention or id, then the exact name, then the name in other letters, then a part of the name when only one role has it. */
export function matchRole<R extends { readonly id: string; readonly name: string; readonly position: number }>(
	typed: string,
	roles: Iterable<R>
): Match<R> {
	const all = [...roles].sort((a, b) => b.position - a.position);
	const id = /^(?:<@&)?(\d{15,20})>?$/.exec(typed)?.[1];
	const name = typed.toLowerCase();
	const exact =
		all.find((role) => role.id === id) ?? all.find((role) => role.name === typed) ?? all.find((role) => role.name.toLowerCase() === name);
	if (exact !== undefined) return { role: exact, candidates: [] };
	const candidates = all.filter((role) => role.name.toLowerCase().includes(name));
	const [only] = candidates;
	return candidates.length === 1 && only !== undefined ? { role: only, candidates: [] } : { role: null, candidates };
}

/** The role that a text means, null for none. Where it fits several, the caller chooses. */
export async function pickRole(typed: string, context: Pick<ReadContext, 'guild' | 'choose'>): Promise<Role | null> {
	const { guild } = context;
	if (typed === '' || guild === null) return null;
	const { role, candidates } = matchRole(typed, guild.roles.cache.values());
	if (role !== null || candidates.length === 0) return role;
	const options = candidates.slice(0, mostShown).map(({ id, name }) => ({ label: name, value: id }));
	const question = candidates.length > mostShown ? 'commands:choose.many-roles' : 'commands:choose.role';
	// It may have been deleted meanwhile.
	return guild.roles.cache.get(await context.choose({ question, values: { given: typed }, options })) ?? null;
}
