import type { Action } from '../action.js';
import type { Detail } from '../domain/case.js';

/**
 * Roles that somebody gave or took by hand: seen in Discord's audit log, never done by us. There are many of them, so they are kept and
 * not shown in the log channel.
 */
export const rolesAction: Action = {
	type: 'roles',
	module: 'moderation',
	aim: 'none',
	botPermission: 0n,
	isHarmful: false,
	tells: 'never',
	isLogged: false,
	closes: { types: [], as: 'superseded' },
	undo: null,
	command: 'moderation.cases',
	isDone: () => true,
	do: async () => undefined,
	remarks: (details) =>
		['added', 'removed'].flatMap((code) => {
			const roleIds = idsOf(details[code]);
			return roleIds.length === 0 ? [] : [{ code, roleIds }];
		})
};

function idsOf(kept: Detail | undefined): readonly string[] {
	return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
}
