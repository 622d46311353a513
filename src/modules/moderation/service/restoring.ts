import { type Accepted, accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Actions } from '../action.js';
import { comesTo, planRestore, type RestorePlan } from '../domain/restore.js';
import type { Situation } from '../domain/situation.js';
import type { RoleReader, SituationReader } from '../ports.js';
import type { JailRepository } from '../repository/jail.js';
import type { SnapshotRepository } from '../repository/snapshots.js';
import { type ActionRefused, judgeAction, type Moderation, type OrderRequest, refused } from './moderation.js';

export interface RestoringParts {
	readonly snapshots: Pick<SnapshotRepository, 'find'>;
	readonly jailed: Pick<JailRepository, 'find'>;
	readonly roles: RoleReader;
	/** The role of a server's jail; null when there is none. */
	readonly roleOf: (guildId: string) => Promise<string | null>;
	readonly actions: Pick<Actions, 'vetoesOf'>;
	/** Discord's permission to change nicknames, as a bit. */
	readonly manageNicknames: bigint;
}

export type RestoreRefusal = 'target-not-found' | 'jailed-first' | 'no-snapshot' | 'nothing-to-restore';

const administrator = 1n << 3n;

/** What somebody who came back can be given of what he had. Whether it may be done to him was asked before. */
export async function lookAtRestore(parts: RestoringParts, situation: Situation): Promise<Outcome<RestorePlan, RestoreRefusal>> {
	const { guildId, target, bot } = situation;
	if (target === null) return refuse('target-not-found');
	const { id: userId, username: user } = target;
	// His roles are kept with the jail: what he had before would lead around it.
	if ((await parts.jailed.find(guildId, userId)) !== null) return refuse('jailed-first', { user });
	const snapshot = await parts.snapshots.find(guildId, userId);
	if (snapshot === null) return refuse('no-snapshot', { user });
	const plan = planRestore(snapshot, situation, {
		roles: await parts.roles(guildId),
		jailRoleId: await parts.roleOf(guildId),
		mayNickname: (bot.permissions & (parts.manageNicknames | administrator)) !== 0n,
		isNickLocked: snapshot.nickname !== null && (await isNickLocked(parts, situation, snapshot.nickname))
	});
	return comesTo(plan) === 'nothing' ? refuse('nothing-to-restore', { user }) : accept(plan);
}

/** Whoever has a say about nicknames is asked as for the command that sets one. */
async function isNickLocked({ actions }: RestoringParts, situation: Situation, nickname: string): Promise<boolean> {
	const { guildId, target, actor, now } = situation;
	const order = {
		...{ key: 'restore', type: 'nickname', guildId, targetId: target?.id ?? null, channelId: null, actorId: actor?.id ?? null },
		...{ reason: null, durationMs: null, parentNumber: null, details: { nickname }, at: now }
	};
	for (const { veto } of actions.vetoesOf('nickname')) if (!(await veto(situation, order)).ok) return true;
	return false;
}

/**
 * The same for who asks for it by a command: rank is asked first. Nothing is done.
 *
 * @param request an order of type `restore`
 */
export async function restorePlan(
	{
		moderation,
		situations,
		look
	}: {
		readonly moderation: Moderation;
		readonly situations: SituationReader;
		readonly look: (situation: Situation) => Promise<Outcome<RestorePlan>>;
	},
	request: OrderRequest
): Promise<Accepted<RestorePlan> | ActionRefused> {
	const order = moderation.orderOf(request);
	const action = moderation.actions.get(order.type);
	const situation = await situations.read(order);
	if (situation === null || action === null) return refused('moderation', { ok: false, code: 'server-away' });
	const judged = judgeAction(action, situation, await moderation.settings(order.guildId));
	if (!judged.ok) return refused('moderation', judged);
	const looked = await look(situation);
	return looked.ok ? looked : refused('moderation', looked);
}
