import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import { type Filter, isMassWork, mostAtOnce, type Reach, type Selection } from '#modules/cleanup/domain.js';
import { purgeJob } from '#modules/cleanup/index.js';
import { purgeDetails } from '#modules/cleanup/service.js';
import { performedOf } from '#modules/moderation/answer.js';

type Context = CommandContext<'guild'>;

/** What everybody who deletes messages needs, and the bot too. */
export const permissions = { member: ['ManageMessages'], bot: ['ManageMessages', 'ReadMessageHistory'] } as const;
/** Catalogue 1.13. */
export const cooldown = { uses: 1, seconds: 3, scope: 'guild' } as const;
/** How many a filter takes when nothing is said, how many at the most, and how far it looks. */
export const filtered = { amount: 100, most: 500, scan: 500 } as const;

/** The reach of a filter. */
export function reachOf(change: Partial<Reach> = {}): Reach {
	return { amount: filtered.amount, scan: filtered.scan, keepPinned: true, before: null, after: null, ...change };
}

/** Finds the messages, asks when they are many, and deletes them. */
export async function purge(context: Context, filter: Filter, reach: Reach): Promise<void> {
	const { cleanup } = container.services.cleanup;
	const { channelId, callId } = context;
	const reactions = filter.kind === 'reactions';
	const selection = await cleanup.find({ channelId, filter, reach, callId });
	const ids = [...selection.young, ...selection.old];
	if (ids.length === 0) throw refusal('cleanup', selection.tooOld > 0 ? 'all-too-old' : 'nothing-found', { count: selection.tooOld });
	if (ids.length > mostAtOnce) {
		const question = reactions ? 'cleanup:confirm.reactions' : 'cleanup:confirm.messages';
		if (!(await context.confirm({ question, values: { count: ids.length } }))) return;
	}
	if (isMassWork(selection) || (reactions && ids.length > 10)) await inTheBackground(context, selection, filter, reactions);
	else await atOnce(context, selection, filter, reactions);
}

async function atOnce(context: Context, { young, old, tooOld }: Selection, filter: Filter, reactions: boolean): Promise<void> {
	const ids = [...young, ...old];
	// The call goes with what it asked for, and is not counted.
	const call = reactions || context.messageId === null ? [] : [context.messageId];
	const details = purgeDetails({ count: ids.length, tooOld, filter: filter.kind, reactions, ids: [...ids, ...call] });
	const order = { type: 'purge', guildId: context.guild.id, channelId: context.channelId, actorId: context.user.id, details };
	performedOf(await container.services.moderation.moderation.perform(order));
	if (reactions) await context.success('cleanup:done.reactions', { count: ids.length });
	else await context.success(tooOld > 0 ? 'cleanup:done.some' : 'cleanup:done.messages', { count: ids.length, old: tooOld });
}

async function inTheBackground(context: Context, { young, old, tooOld }: Selection, filter: Filter, reactions: boolean): Promise<void> {
	const items = [...young, ...old].map((key) => ({ key }));
	const title = {
		key: reactions ? 'cleanup:jobs.reactions' : tooOld > 0 ? 'cleanup:jobs.some' : 'cleanup:jobs.messages',
		values: { old: tooOld }
	} as const;
	const payload = { channelId: context.channelId, tooOld, filter: filter.kind, reactions };
	const { cleanup, jobs } = container.services.cleanup;
	await jobs.startFrom(context, { kind: purgeJob, title, items, payload, permission: 'ManageMessages' });
	// The call goes too, and is not counted.
	const { channelId, messageId, user, t } = context;
	if (messageId !== null && !reactions) await cleanup.delete(channelId, [messageId], t('cleanup:reason', { id: user.id }));
}
