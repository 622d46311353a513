import { judgeTarget, type RoleRank, type TargetRefusal } from '#lib/core/hierarchy.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

export interface Ranked {
	readonly id: string;
	readonly topRole: RoleRank;
}

/** Somebody as he is in the server at this moment. */
export interface Target {
	readonly id: string;
	readonly username: string;
	readonly isBot: boolean;
	readonly inServer: boolean;
	/** Null for somebody who is not in the server. */
	readonly topRole: RoleRank | null;
	readonly roleIds: readonly string[];
	readonly isAdministrator: boolean;
	/** Milliseconds since 1970; null when Discord keeps him from nothing. */
	readonly timedOutUntil: number | null;
	readonly nickname: string | null;
	readonly joinedAt: number | null;
	readonly boosts: boolean;
	/** Null when he is in no voice channel. */
	readonly voice: { readonly channelId: string; readonly muted: boolean; readonly deafened: boolean } | null;
}

/** Everything that counts for an action, read at the moment when it is carried out. */
export interface Situation {
	readonly guildId: string;
	readonly guildName: string;
	readonly ownerId: string;
	/** Null: the bot acts of its own accord. */
	readonly actor: (Ranked & { readonly username: string; readonly permissions: bigint }) | null;
	readonly bot: Ranked & { readonly username: string; readonly permissions: bigint };
	/** Null when nobody was asked for, or nobody has that id. */
	readonly target: Target | null;
	readonly now: number;
}

export interface Judgement {
	/** What is aimed at: `member` must be in the server, `user` need not. */
	readonly aim: 'member' | 'user' | 'channel' | 'none';
	/** What the bot must hold; all bits of it. */
	readonly botPermission: bigint;
	readonly isTimeout: boolean;
	/** Somebody may do it to himself, whatever his rank. */
	readonly maySelf?: boolean;
	/** Who holds one of these is left alone. */
	readonly protectedRoleIds: ReadonlySet<string>;
}

export type SituationRefusal = TargetRefusal | 'not-a-member' | 'target-protected' | 'bot-permission';

const administrator = 1n << 3n;

/** Whether the bot may do this to that person on that person's word (features 1.2). The same question for every way to call. */
export function judgeSituation(situation: Situation, judgement: Judgement): Outcome<null, SituationRefusal> {
	const { target, actor, bot, ownerId } = situation;
	const { aim, botPermission, isTimeout, protectedRoleIds } = judgement;
	const hasPermission = (bot.permissions & administrator) !== 0n || (bot.permissions & botPermission) === botPermission;
	if (aim === 'channel' || aim === 'none') return hasPermission ? accept(null) : refuse('bot-permission');
	if (target !== null && aim === 'member' && !target.inServer) return refuse('not-a-member');
	if (judgement.maySelf === true && target !== null && target.id === actor?.id)
		return hasPermission ? accept(null) : refuse('bot-permission');
	const judged = judgeTarget({
		guildOwnerId: ownerId,
		// Of its own accord the bot acts with the rank of the owner: only its own rank counts then.
		actor: actor ?? { id: ownerId, topRole: bot.topRole },
		bot: { ...bot, hasPermission },
		target,
		isTimeout
	});
	if (!judged.ok) return actor === null && judged.code === 'target-self' ? refuse('target-owner') : judged;
	if (target?.roleIds.some((roleId) => protectedRoleIds.has(roleId))) return refuse('target-protected');
	return accept(null);
}
