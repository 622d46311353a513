import { accept, type Outcome, refuse } from './outcome.js';

/** Where a role stands. */
export interface RoleRank {
	readonly id: string;
	readonly position: number;
}

/** Positive when `a` stands above `b`. Of two at one position the older one (smaller id) is higher, as in Discord. */
export function compareRoles(a: RoleRank, b: RoleRank): number {
	if (a.position !== b.position) return a.position - b.position;
	const [left, right] = [BigInt(a.id), BigInt(b.id)];
	if (left === right) return 0;
	return left < right ? 1 : -1;
}

export interface TargetRequest {
	readonly guildOwnerId: string;
	readonly actor: { readonly id: string; readonly topRole: RoleRank };
	readonly bot: { readonly id: string; readonly topRole: RoleRank; readonly hasPermission: boolean };
	/** Null when nobody has that id; `topRole` is null for somebody who is not in the server. */
	readonly target: { readonly id: string; readonly topRole: RoleRank | null; readonly isAdministrator: boolean } | null;
	/** Discord takes no time-out for administrators. */
	readonly isTimeout?: boolean;
}

export type TargetRefusal =
	| 'target-not-found'
	| 'target-self'
	| 'target-bot'
	| 'target-owner'
	| 'target-above-you'
	| 'target-above-me'
	| 'bot-permission'
	| 'target-administrator';

/** Whether somebody may act on a member (features 1.2, in its order). Who runs the bot has no right of his own here. */
export function judgeTarget(request: TargetRequest): Outcome<null, TargetRefusal> {
	const { actor, bot, target, guildOwnerId } = request;
	if (target === null) return refuse('target-not-found');
	if (target.id === actor.id) return refuse('target-self');
	if (target.id === bot.id) return refuse('target-bot');
	if (target.id === guildOwnerId) return refuse('target-owner');
	if (target.topRole !== null) {
		if (actor.id !== guildOwnerId && compareRoles(target.topRole, actor.topRole) >= 0) return refuse('target-above-you');
		if (bot.id !== guildOwnerId && compareRoles(target.topRole, bot.topRole) >= 0) return refuse('target-above-me');
	}
	if (!bot.hasPermission) return refuse('bot-permission');
	if (request.isTimeout === true && target.isAdministrator) return refuse('target-administrator');
	return accept(null);
}

export interface RoleRequest {
	readonly guildId: string;
	readonly guildOwnerId: string;
	readonly actor: { readonly id: string; readonly topRole: RoleRank };
	readonly bot: { readonly id: string; readonly topRole: RoleRank };
	/** `managed`: of a bot, an integration, boosters or a link. */
	readonly role: RoleRank & { readonly managed: boolean; readonly isDangerous: boolean };
	/** Given without a moderator's hand (autorole, level, button): then it must not be dangerous. Ask again when giving. */
	readonly isAutomatic: boolean;
}

export type RoleRefusal = 'role-everyone' | 'role-managed' | 'role-above-me' | 'role-above-you' | 'role-dangerous';

/** Whether a role may be given by us on somebody's wish (features 1.3, in its order). */
export function judgeRole({ guildId, guildOwnerId, actor, bot, role, isAutomatic }: RoleRequest): Outcome<null, RoleRefusal> {
	if (role.id === guildId) return refuse('role-everyone');
	if (role.managed) return refuse('role-managed');
	if (compareRoles(role, bot.topRole) >= 0) return refuse('role-above-me');
	if (actor.id !== guildOwnerId && compareRoles(role, actor.topRole) >= 0) return refuse('role-above-you');
	if (isAutomatic && role.isDangerous) return refuse('role-dangerous');
	return accept(null);
}

const administrator = 1n << 3n;
const manageRoles = 1n << 28n;

/**
 * Whether somebody with these permissions in Discord itself may hand on what a role carries. What lets him use the bot may count with
 * the bot alone: that must not lead to what counts in Discord (faults S5). Who manages roles for real could do it by hand.
 */
export function mayHandOn(permissions: bigint, role: { readonly permissions: bigint }): boolean {
	return (permissions & (administrator | manageRoles)) !== 0n || (role.permissions & ~permissions) === 0n;
}
