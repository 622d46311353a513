import { PermissionFlagsBits } from 'discord.js';
import { compareRoles } from '#lib/core/hierarchy.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import { assignable, changedRoles, idsIn, judgeGiving } from '../domain/roles.js';
import type { Situation } from '../domain/situation.js';
import type { ModerationDiscord, RoleReader } from '../ports.js';
import type { JailRepository } from '../repository/jail.js';

export interface JailParts {
	readonly discord: Pick<ModerationDiscord, 'setRoles'>;
	readonly roles: RoleReader;
	readonly entries: Pick<JailRepository, 'find' | 'put' | 'remove'>;
	/** The role of a server's jail; null when there is none. */
	readonly roleOf: (guildId: string) => Promise<string | null>;
}

const holds = ({ target }: Pick<Situation, 'target'>, roleId: string | null) =>
	roleId !== null && target?.roleIds.includes(roleId) === true;

/** Takes somebody's roles for the role of the jail. What he had lies in the case, and with his entry until he is let out. */
export function jailAction({ discord, roles, entries, roleOf }: JailParts): Action {
	return {
		type: 'jail',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ManageRoles,
		isHarmful: true,
		tells: 'after',
		isLogged: true,
		closes: { types: ['jail'], as: 'superseded' },
		undo: 'unjail',
		command: 'moderation.jail',
		async check(situation) {
			const { guildId, target, bot } = situation;
			if (target === null) return refuse('target-not-found');
			const [jailRoleId, all, entry] = await Promise.all([roleOf(guildId), roles(guildId), entries.find(guildId, target.id)]);
			const jailRole = all.get(jailRoleId ?? '');
			if (jailRole === undefined) return refuse('no-jail');
			if (compareRoles(jailRole, bot.topRole) >= 0) return refuse('jail-role-above-me');
			// It would give somebody more than he had.
			if (jailRole.isDangerous) return refuse('jail-role-dangerous');
			if (entry !== null && holds(situation, jailRole.id)) return refuse('already-jailed', { user: target.username });
			const taken = assignable(target.roleIds, all, situation).filter((id) => id !== jailRole.id);
			// Of somebody whose role of the jail was taken by hand, what he had before still counts.
			return accept({ jailRoleId: jailRole.id, roleIds: changedRoles(entry?.roleIds ?? [], { more: taken }) });
		},
		isDone(situation, { details: { jailRoleId, roleIds } }) {
			const { target } = situation;
			// Who left meanwhile is put there when he comes back.
			if (!target?.inServer) return true;
			const taken = idsIn(roleIds);
			return holds(situation, idsIn([jailRoleId])[0] ?? null) && !target.roleIds.some((id) => taken.includes(id));
		},
		async allowed({ guildId, bot }, { details: { jailRoleId } }) {
			const jailRole = (await roles(guildId)).get(idsIn([jailRoleId])[0] ?? '');
			return jailRole !== undefined && !jailRole.isDangerous && compareRoles(jailRole, bot.topRole) < 0 ? 'all' : 'none';
		},
		async do({ guildId, target }, { details: { jailRoleId, roleIds } }, reason) {
			if (!target?.inServer) return;
			const after = changedRoles(target.roleIds, { more: idsIn([jailRoleId]), less: idsIn(roleIds) });
			await discord.setRoles(guildId, target.id, after, reason);
		},
		async record(tx, { guildId, targetId, details, at }, caseNumber, change) {
			if (targetId === null) return;
			await entries.put(tx, { guildId, userId: targetId, roleIds: idsIn(details['roleIds']), caseNumber, at }, change);
		},
		remarks: ({ roleIds }) => (idsIn(roleIds).length === 0 ? [] : [{ code: 'taken', roleIds: idsIn(roleIds) }])
	};
}

/**
 * Lets somebody out. He gets back what he had, as far as it is there, below us and harmless by now; what he was given meanwhile stays.
 * Who left has nothing to get back, and is free when he returns.
 */
export function unjailAction({ discord, roles, entries, roleOf }: JailParts): Action {
	const givingTo = async (situation: Situation, userId: string) => {
		const [entry, all] = await Promise.all([entries.find(situation.guildId, userId), roles(situation.guildId)]);
		return entry && judgeGiving(entry.roleIds, all, { ...situation, actor: null }, { harmless: true });
	};
	/** Whether the role of the jail can be taken, where he has it. */
	const letsOut = async (situation: Situation) => {
		const [jailRoleId, all] = await Promise.all([roleOf(situation.guildId), roles(situation.guildId)]);
		const jailRole = all.get(jailRoleId ?? '');
		return jailRole === undefined || !holds(situation, jailRoleId) || compareRoles(jailRole, situation.bot.topRole) < 0;
	};
	return {
		type: 'unjail',
		module: 'moderation',
		aim: 'user',
		botPermission: PermissionFlagsBits.ManageRoles,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: ['jail'], as: 'undone' },
		undo: null,
		command: 'moderation.unjail',
		async check(situation) {
			const { guildId, target } = situation;
			const [jailRoleId, entry] = await Promise.all([roleOf(guildId), target && entries.find(guildId, target.id)]);
			if (entry === null && !holds(situation, jailRoleId)) return refuse('not-jailed', { user: target?.username ?? '' });
			return (await letsOut(situation)) ? accept({}) : refuse('jail-role-above-me');
		},
		allowed: async (situation) => ((await letsOut(situation)) ? 'all' : 'none'),
		async isDone(situation) {
			const { guildId, target } = situation;
			if (!target?.inServer) return true;
			if (holds(situation, await roleOf(guildId))) return false;
			const giving = await givingTo(situation, target.id);
			return giving === null || giving.given.every((id) => target.roleIds.includes(id));
		},
		async do(situation, _order, reason) {
			const { guildId, target } = situation;
			if (!target?.inServer) return;
			const [jailRoleId, giving] = await Promise.all([roleOf(guildId), givingTo(situation, target.id)]);
			const { given, left } = giving ?? { given: [], left: [] };
			const more = given.filter((id) => !target.roleIds.includes(id));
			const less = holds(situation, jailRoleId) ? idsIn([jailRoleId]) : [];
			if (more.length + less.length > 0) await discord.setRoles(guildId, target.id, changedRoles(target.roleIds, { more, less }), reason);
			return { given: more, left: left.flatMap(({ id, why }) => (why === 'gone' ? [] : id)) };
		},
		async record(tx, { guildId, targetId }, _number, change) {
			if (targetId !== null) await entries.remove(tx, { guildId, userId: targetId }, change);
		},
		remarks: ({ given, left }) => [
			...(idsIn(given).length === 0 ? [] : [{ code: 'given', roleIds: idsIn(given) }]),
			...(idsIn(left).length === 0 ? [] : [{ code: 'left', roleIds: idsIn(left) }])
		]
	};
}
