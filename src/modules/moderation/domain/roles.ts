import { judgeRole, mayHandOn, type RoleRank, type RoleRefusal } from '#lib/core/hierarchy.js';
import type { Situation } from './situation.js';

/** A role of a server as Discord has it now. */
export interface ServerRole extends RoleRank {
	/** Of a bot, an integration, the boosters or a link: nobody gives or takes it. */
	readonly managed: boolean;
	/** As a bit field of Discord, with what it adds with the bot alone: who keeps that keeps power over others. */
	readonly permissions: bigint;
	/** It carries what must not be given without a moderator's hand. */
	readonly isDangerous: boolean;
}

export type ServerRoles = ReadonlyMap<string, ServerRole>;

type Ranks = Pick<Situation, 'guildId' | 'ownerId' | 'actor' | 'bot'>;

/** Why a role is not given. `gone`: it does not exist any more. */
export type RoleFault = 'gone' | 'role-more-than-you' | RoleRefusal;

export interface Giving {
	readonly given: readonly string[];
	readonly left: readonly { readonly id: string; readonly why: RoleFault }[];
}

/** Those of the roles that the bot can take and give; the rest stays where it is. */
export function assignable(roleIds: readonly string[], roles: ServerRoles, ranks: Ranks): readonly string[] {
	return judgeGiving(roleIds, roles, { ...ranks, actor: null }).given;
}

/** Those that are dangerous: `taken` can be taken, `kept` stay, since Discord itself gives and takes them or they stand above the bot. */
export function strippable(
	roleIds: readonly string[],
	roles: ServerRoles,
	ranks: Ranks
): { readonly taken: readonly string[]; readonly kept: readonly string[] } {
	const dangerous = roleIds.filter((id) => id !== ranks.guildId && roles.get(id)?.isDangerous === true);
	const taken = assignable(dangerous, roles, ranks);
	return { taken, kept: dangerous.filter((id) => !taken.includes(id)) };
}

/**
 * Which of the roles may be given now, and why the others not. Without an actor only the bot's rank counts. With one, no
 * dangerous one that he may not hand on. `harmless`: none that is dangerous by now.
 */
export function judgeGiving(
	roleIds: readonly string[],
	roles: ServerRoles,
	{ guildId, ownerId, actor, bot }: Ranks,
	{ harmless = false }: { readonly harmless?: boolean } = {}
): Giving {
	const given: string[] = [];
	const left: { id: string; why: RoleFault }[] = [];
	for (const id of new Set(roleIds)) {
		const role = roles.get(id);
		if (role === undefined) {
			left.push({ id, why: 'gone' });
			continue;
		}
		const by = actor ?? { id: ownerId, topRole: bot.topRole };
		const judged = judgeRole({ guildId, guildOwnerId: ownerId, actor: by, bot, role, isAutomatic: harmless });
		if (!judged.ok) left.push({ id, why: judged.code });
		else if (role.isDangerous && actor !== null && actor.id !== ownerId && !mayHandOn(actor.permissions, role))
			left.push({ id, why: 'role-more-than-you' });
		else given.push(id);
	}
	return { given, left };
}

/** The roles that somebody has afterwards: with `more`, without `less`, each once. */
export function changedRoles(
	roleIds: readonly string[],
	{ more = [], less = [] }: { readonly more?: readonly string[]; readonly less?: readonly string[] }
): readonly string[] {
	const without = new Set(less);
	return [...new Set([...roleIds.filter((id) => !without.has(id)), ...more])];
}

/** A list of ids as it was kept among the details of a case. */
export function idsIn(value: unknown): readonly string[] {
	return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
}
