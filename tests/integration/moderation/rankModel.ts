import type { Action } from '../../../src/modules/moderation/action.js';
import type { Situation, Target } from '../../../src/modules/moderation/domain/situation.js';

/** What is known of an action for this question. */
export type Deed = Pick<Action, 'type' | 'aim' | 'botPermission' | 'isTimeout' | 'isHarmful'> & { readonly maySelf?: boolean };

/** Who stands where, said in words: the code under test never sees these. */
export interface Scene {
	/** A step of the ladder; the owner, whatever his roles; or the bot of its own accord. */
	readonly actor: Step | 'owner' | 'nobody';
	readonly bot: Step;
	readonly target: Step | 'himself' | 'the bot' | 'the owner' | 'a stranger' | 'nobody';
	readonly isAdministrator: boolean;
	readonly isProtected: boolean;
	/** Of the bot. */
	readonly permissions: 'none' | 'exact' | 'all but one' | 'administrator';
}

/** Roles from the lowest to the highest. `2 older` and `2` stand at one position: the one with the smaller id is above. */
const ladder = ['0', '1', '2', '2 older', '3'] as const;
export type Step = (typeof ladder)[number];

const everything = (1n << 52n) - 1n;
const ids = { guild: '1', actor: '1002', target: '1003', bot: '1008', owner: '1009', protectedRole: '777' };

const roleOf = (step: Step) => ({ id: step === '0' ? ids.guild : `90${step === '2 older' ? 1 : 5}`, position: Number(step[0]) });
const isBelow = (one: Step, other: Step) => ladder.indexOf(one) < ladder.indexOf(other);

/** Every scene that makes a difference. */
export function* scenes(): Generator<Scene> {
	for (const actor of [...ladder, 'owner', 'nobody'] as const)
		for (const bot of ladder)
			for (const target of [...ladder, 'himself', 'the bot', 'the owner', 'a stranger', 'nobody'] as const)
				for (const isAdministrator of [false, true])
					for (const isProtected of [false, true])
						for (const permissions of ['none', 'exact', 'all but one', 'administrator'] as const)
							yield { actor, bot, target, isAdministrator, isProtected, permissions };
}

/**
 * Features 1.2, read as a list: the first that is so is what is said. Null: it is done.
 *
 * Exists, not oneself, not the bot, not the owner, below who acts (unless he owns the server), below the bot, the bot may, and no
 * time-out for administrators; then the protected roles of M10. People outside have no rank.
 */
export function expected(scene: Scene, deed: Deed): string | null {
	const { actor, bot, target, isAdministrator, isProtected, permissions } = scene;
	if (isImpossible(scene)) return null;
	const isInServer = target !== 'a stranger' && target !== 'nobody';
	const step = (ladder as readonly string[]).includes(target) ? (target as Step) : null;
	const isSelf = target === 'himself' || (target === 'the owner' && actor === 'owner');
	const may = permissions !== 'none' && (permissions !== 'all but one' || deed.botPermission === 0n);
	const botMay = may || deed.botPermission === 0n;
	if (isSelf && deed.maySelf === true) return botMay ? null : 'bot-permission';
	const rules: readonly (readonly [string, boolean])[] = [
		['target-not-found', target === 'nobody'],
		['not-a-member', deed.aim === 'member' && !isInServer],
		['target-self', isSelf],
		['target-bot', target === 'the bot'],
		['target-owner', target === 'the owner'],
		['target-above-you', step !== null && actor !== 'owner' && actor !== 'nobody' && !isBelow(step, actor)],
		['target-above-me', step !== null && !isBelow(step, bot)],
		['bot-permission', !botMay],
		['target-administrator', deed.isTimeout === true && isAdministrator && isInServer],
		['target-protected', deed.isHarmful && isProtected && isInServer]
	];
	return rules.find(([, isSo]) => isSo)?.[0] ?? null;
}

/** Nobody is himself when nobody acts. */
export function isImpossible({ actor, target }: Scene): boolean {
	return actor === 'nobody' && target === 'himself';
}

/** The scene as the bot reads it from Discord. */
export function situationOf(scene: Scene, { botPermission }: Deed): Situation {
	const { actor, bot, permissions } = scene;
	const lowest = botPermission & -botPermission;
	const held = { none: 0n, exact: botPermission, 'all but one': everything & ~8n & ~lowest, administrator: 8n }[permissions];
	const actorId = actor === 'owner' ? ids.owner : ids.actor;
	// What a moderator holds himself makes no difference.
	const moderator = {
		id: actorId,
		username: 'mod',
		topRole: roleOf(actor === 'owner' || actor === 'nobody' ? '0' : actor),
		permissions: 0n
	};
	return {
		...{ guildId: ids.guild, guildName: 'Home', ownerId: ids.owner, now: 0 },
		actor: actor === 'nobody' ? null : moderator,
		bot: { id: ids.bot, username: 'evict', topRole: roleOf(bot), permissions: held },
		target: targetOf(scene, actorId)
	};
}

export const protectedRoleIds: readonly string[] = [ids.protectedRole];

function targetOf({ actor, bot, target, isAdministrator, isProtected }: Scene, actorId: string): Target | null {
	if (target === 'nobody') return null;
	const outside = { username: 'tess', isBot: false, timedOutUntil: null, nickname: null, joinedAt: 0, boosts: false, voice: null };
	if (target === 'a stranger')
		return { ...outside, id: ids.target, inServer: false, topRole: null, roleIds: [], isAdministrator: false, joinedAt: null };
	const who = {
		himself: [actorId, actor === 'owner' || actor === 'nobody' ? '0' : actor],
		'the bot': [ids.bot, bot],
		'the owner': [ids.owner, '0']
	} as const;
	const [id, step] = Object.hasOwn(who, target) ? who[target as keyof typeof who] : [ids.target, target as Step];
	return { ...outside, id, inServer: true, topRole: roleOf(step), roleIds: isProtected ? [ids.protectedRole] : [], isAdministrator };
}
