import { judgeRole, mayHandOn, type RoleRank, type RoleRefusal } from '#lib/core/hierarchy.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** A role of a server as it is now. */
export interface RoleFacts extends RoleRank {
	readonly name: string;
	/** Of a bot, an integration, boosters or a link. */
	readonly managed: boolean;
	/** With what it adds with the bot alone: that is a way to more as well. */
	readonly permissions: bigint;
	readonly isDangerous: boolean;
}

/** Who gives a role, and what he may do for real. Null: the bot of its own accord. */
export interface Giver {
	readonly id: string;
	readonly topRole: RoleRank;
	readonly permissions: bigint;
}

export interface RoleQuestion {
	readonly guildId: string;
	readonly ownerId: string;
	readonly giver: Giver | null;
	readonly bot: { readonly id: string; readonly topRole: RoleRank };
	/** For many at once, or without a moderator's hand: then it must not be dangerous. */
	readonly isAutomatic: boolean;
}

export type RoleCode = RoleRefusal | 'role-gone' | 'role-more-than-you' | 'already-has' | 'does-not-have' | 'as-wished';

/**
 * Whether a role may be given or taken (features 1.3), and whether who gives it may hand on what it carries.
 */
export function judgeChange(role: RoleFacts | undefined, change: 'add' | 'remove', question: RoleQuestion): Outcome<null, RoleCode> {
	if (role === undefined) return refuse('role-gone');
	const { guildId, ownerId, giver, bot, isAutomatic } = question;
	const actor = giver ?? { id: ownerId, topRole: bot.topRole };
	const judged = judgeRole({ guildId, guildOwnerId: ownerId, actor, bot, role, isAutomatic: isAutomatic && change === 'add' });
	if (!judged.ok) return refuse(judged.code, { role: role.name });
	if (change === 'add' && role.isDangerous && giver !== null && giver.id !== ownerId && !mayHandOn(giver.permissions, role)) {
		return refuse('role-more-than-you', { role: role.name });
	}
	return accept(null);
}

export interface RoleWish {
	/** `toggle`: what he has goes, what he has not comes. */
	readonly change: 'add' | 'remove' | 'toggle';
	readonly text: string;
}

/** Where one role ends without a comma: after a mention, and before a sign when the line began with one. */
const afterMention = /(?<=<@&\d{17,20}>)\s+/;
const afterMentionOrBeforeSign = /(?<=<@&\d{17,20}>)\s+|\s+(?=[+-]\S)/;

/** `"Two Words"` is meant without its quotes. */
const quoted = /^(["“])(.+)["”]$/;

/**
 * `Mod, +Helper, -Guest`: several roles, each toggled unless its sign says what to do. `isRole`: whether a role has just this name, as
 * it may have a comma or a sign itself.
 */
export function readWishes(typed: string, isRole: (name: string) => boolean = () => false): readonly RoleWish[] {
	const whole = typed.trim();
	if (isRole(whole)) return [{ change: 'toggle', text: whole }];
	const between = /^\s*[+-]/.test(typed) ? afterMentionOrBeforeSign : afterMention;
	return typed
		.split(',')
		.flatMap((part) => part.split(between))
		.map((part) => part.trim())
		.filter((part) => part.length > 0)
		.map((part) => {
			const text = part.slice(1).trim().replace(quoted, '$2');
			if (part.startsWith('+')) return { change: 'add', text };
			return part.startsWith('-') ? { change: 'remove', text } : { change: 'toggle', text: part.replace(quoted, '$2') };
		});
}

/** What a change of roles comes to for somebody with `has`. */
export function settle(
	wishes: readonly { readonly change: 'add' | 'remove' | 'toggle'; readonly roleId: string }[],
	has: ReadonlySet<string>
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
	const add = new Set<string>();
	const remove = new Set<string>();
	for (const { change, roleId } of wishes) {
		if (has.has(roleId)) {
			if (change !== 'add') remove.add(roleId);
		} else if (change !== 'remove') add.add(roleId);
	}
	return { add: [...add], remove: [...remove] };
}

export type Crowd = 'all' | 'humans' | 'bots' | { readonly roleId: string };

/** Who belongs to a crowd. */
export function isOf(crowd: Crowd, member: { readonly isBot: boolean; readonly roleIds: readonly string[] }): boolean {
	if (typeof crowd === 'object') return member.roleIds.includes(crowd.roleId);
	return crowd === 'all' || (crowd === 'bots') === member.isBot;
}
