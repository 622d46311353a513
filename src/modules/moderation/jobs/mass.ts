import type { Transaction } from '#lib/data/transaction.js';
import { discordFailure } from '#lib/jobs/failure.js';
import type { FinishedJob, ItemResult, Job, JobItem } from '#lib/jobs/types.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { Action, Actions } from '../action.js';
import type { Case, Details } from '../domain/case.js';
import type { Order } from '../domain/order.js';
import type { Situation } from '../domain/situation.js';
import type { CrowdReader, ModerationDiscord } from '../ports.js';
import type { Closing } from '../repository/closing.js';
import { judgeAction, type OrderRequest } from '../service/moderation.js';
import type { ModerationSettings } from '../settings.js';

/** What mass work stands on. */
export interface MassParts {
	readonly actions: Actions;
	readonly closing: Closing;
	readonly discord: Pick<ModerationDiscord, 'allBans' | 'ban' | 'bulkBan' | 'findBan' | 'timeOut' | 'unban'>;
	readonly now: () => number;
	readonly orderOf: (request: OrderRequest) => Order;
	/** Writes the case of what was done already. */
	readonly record: (tx: Transaction, request: OrderRequest) => Promise<Case>;
	readonly settings: CachedSettings<ModerationSettings>;
	readonly situations: CrowdReader;
	readonly wake: () => void;
}

/** What one of many is asked for: the same as if it were done alone. The code of the refusal, or null. */
export async function refusalOf({ actions, settings, orderOf }: MassParts, action: Action, situation: Situation): Promise<string | null> {
	const judged = judgeAction(action, situation, (await settings.get(situation.guildId)).settings);
	if (!judged.ok) return judged.code;
	const { guildId, actor, target } = situation;
	const order = orderOf({ type: action.type, guildId, actorId: actor?.id ?? null, targetId: target?.id ?? null });
	for (const { veto } of actions.vetoesOf(action.type)) if (!(await veto(situation, order)).ok) return 'kept';
	return null;
}

/** Does one item. What Discord refuses is said of it; when Discord is away, it is thrown on. */
export async function oneByOne(
	items: readonly JobItem[],
	work: (id: string) => Promise<'done' | 'skipped' | { readonly why: string }>
): Promise<readonly ItemResult[]> {
	const results: ItemResult[] = [];
	for (const { key } of items) results.push(await resultOf(key, work));
	return results;
}

async function resultOf(key: string, work: Parameters<typeof oneByOne>[1]): Promise<ItemResult> {
	try {
		const result = await work(key);
		return typeof result === 'object' ? { key, state: 'failed', why: result.why } : { key, state: result };
	} catch (error) {
		const why = discordFailure(error);
		if (why === null) throw error;
		return { key, state: 'failed', why };
	}
}

/** What stands in the case of mass work. */
export function countsOf({ total, done, failed, skipped }: FinishedJob): Details {
	return { total, done, failed, skipped };
}

/** The case of mass work; null when nothing was done. Its key keeps it single, whatever happens to the process. */
export function caseOfJob(type: string, job: FinishedJob): OrderRequest | null {
	if (job.done === 0) return null;
	return { type, key: `job-${job.id}`, guildId: job.guildId, actorId: job.actorId, reason: payloadOf(job).reason, details: countsOf(job) };
}

export interface MassPayload {
	readonly reason: string | null;
	readonly deleteSeconds: number;
}

/** What was kept with the job when it was started. */
export function payloadOf({ payload }: Pick<Job, 'payload'>): MassPayload {
	const { reason, deleteSeconds }: { readonly [key: string]: unknown } =
		typeof payload === 'object' && payload !== null ? { ...payload } : {};
	return { reason: typeof reason === 'string' ? reason : null, deleteSeconds: typeof deleteSeconds === 'number' ? deleteSeconds : 0 };
}
