import { judgeGiving, type RoleFault, type ServerRoles } from './roles.js';
import type { Situation } from './situation.js';

/** What somebody had when he left a server. `leftAt` in milliseconds since 1970. */
export interface Snapshot {
	readonly guildId: string;
	readonly userId: string;
	readonly roleIds: readonly string[];
	readonly nickname: string | null;
	readonly leftAt: number;
}

/** Why the nickname is not given back. `other`: he has another one by now, and the later one counts. */
export type NicknameFault = 'nick-permission' | 'nick-locked' | 'nick-other';
/** Why a role is not given back. `refused`: Discord did not let us, although all looked well. */
export type RestoreFault = RoleFault | 'refused';

/** What giving back comes to at this moment. */
export interface RestorePlan {
	/** Roles that he has not and gets, the dangerous ones included. */
	readonly given: readonly string[];
	/** Those of them that an administrator has to confirm. */
	readonly dangerous: readonly string[];
	readonly left: readonly { readonly id: string; readonly why: RestoreFault }[];
	/** The nickname that he gets; null for none. */
	readonly nickname: string | null;
	readonly nicknameFault: NicknameFault | null;
	readonly leftAt: number;
}

/**
 * What of a snapshot can be given back on somebody's wish, and why the rest not. The role of the jail is never among it. What he has
 * already, counts neither as given nor as left. `isNickLocked`: something else holds his nickname.
 */
export function planRestore(
	{ roleIds, nickname, leftAt }: Snapshot,
	situation: Situation,
	{
		roles,
		jailRoleId,
		mayNickname,
		isNickLocked
	}: { readonly roles: ServerRoles; readonly jailRoleId: string | null; readonly mayNickname: boolean; readonly isNickLocked: boolean }
): RestorePlan {
	const { target } = situation;
	const missing = roleIds.filter((id) => id !== jailRoleId && target?.roleIds.includes(id) !== true);
	const { given, left } = judgeGiving(missing, roles, situation);
	const wanted = nickname !== null && target?.nickname !== nickname ? nickname : null;
	const nicknameFault = wanted === null ? null : nicknameFaultOf(target?.nickname ?? null, { mayNickname, isNickLocked });
	return {
		given,
		dangerous: given.filter((id) => roles.get(id)?.isDangerous === true),
		left,
		nickname: nicknameFault === null ? wanted : null,
		nicknameFault,
		leftAt
	};
}

function nicknameFaultOf(
	now: string | null,
	{ mayNickname, isNickLocked }: { mayNickname: boolean; isNickLocked: boolean }
): NicknameFault | null {
	if (isNickLocked) return 'nick-locked';
	if (now !== null) return 'nick-other';
	return mayNickname ? null : 'nick-permission';
}

/** The same without the dangerous roles that nobody confirmed. */
export function confirmedOnly(plan: RestorePlan, confirmed: readonly string[]): RestorePlan {
	const open = plan.dangerous.filter((id) => !confirmed.includes(id));
	return {
		...plan,
		given: plan.given.filter((id) => !open.includes(id)),
		dangerous: plan.dangerous.filter((id) => confirmed.includes(id)),
		left: [...plan.left, ...open.map((id) => ({ id, why: 'role-dangerous' as const }))]
	};
}

/** `nothing`: he has all of it. `none`: what is missing cannot be given. */
export function comesTo({ given, left, nickname, nicknameFault }: RestorePlan): 'something' | 'nothing' | 'none' {
	if (given.length > 0 || nickname !== null) return 'something';
	return left.length > 0 || nicknameFault !== null ? 'none' : 'nothing';
}
