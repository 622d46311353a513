import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { markup } from '#lib/core/markdown.js';
import { relativeTime } from '#lib/discord/format.js';
import { refusal } from '#lib/errors/refusal.js';
import { answerPerformed, orderBy, sureAbout } from '#modules/moderation/answer.js';
import type { Case, OrderRequest } from '#modules/moderation/index.js';
import { editedValues } from '#modules/moderation/view/edited.js';

export interface BanRequest {
	readonly user: { readonly id: string; readonly username: string };
	readonly durationMs: number | null;
	/** Null: as many as the server has set. */
	readonly deleteDays: number | null;
	readonly reason: string | null;
}

/** Bans somebody, for good or for a time, and asks where that is called for. */
export async function ban(context: CommandContext<'guild'>, { user, durationMs, deleteDays, reason }: BanRequest): Promise<void> {
	const { moderation } = container.services.moderation;
	const settings = await moderation.settings(context.guild.id);
	const deleteSeconds = deleteDays === null ? settings.deleteMessageSeconds : deleteDays * 86_400;
	const order = orderBy(context, 'ban', user, { reason, durationMs, details: { deleteSeconds } });
	if (settings.confirmBan) {
		const judged = await moderation.judge(order);
		if (!judged.ok && judged.code === 'already-banned') return banAgain(context, user, order);
		if (!(await sureAbout(context, moderation, order, { question: 'moderation:ban.sure', values: { user: user.username } }))) return;
	}
	const outcome = await moderation.perform(order);
	if (!outcome.ok && outcome.code === 'already-banned') return banAgain(context, user, order);
	await answerPerformed(context, outcome);
}

/** He is banned for good already, which may get another reason. */
async function otherReason(context: CommandContext<'guild'>, { username }: BanRequest['user'], one: Case | null, reason: string | null) {
	if (one === null || reason === null || reason === one.reason) throw refusal('moderation', 'already-banned', { user: username });
	const { number } = one;
	if (!(await context.confirm({ question: 'moderation:ban.new-reason', values: { user: username, number, reason } }))) return;
	const span = { kind: 'numbers', from: number, to: number } as const;
	const who = { guildId: context.guild.id, actorId: context.user.id };
	const edited = await container.services.moderation.cases.changeReason(who, span, reason);
	if (!edited.ok) throw refusal('moderation', edited.code, edited.values);
	await context.success('moderation:edited.reason', editedValues(edited.value, reason));
}

/** He is banned already: for a time, then it can be for good; else its reason can be another one. */
async function banAgain(context: CommandContext<'guild'>, user: BanRequest['user'], order: OrderRequest): Promise<void> {
	const { moderation, running } = container.services.moderation;
	const one = await running(context.guild.id, user.id, 'ban');
	if (one?.expiresAt != null) {
		const forGood = { ...order, details: { ...order.details, forGood: true } };
		const values = { user: user.username, when: markup(relativeTime(one.expiresAt)) };
		if (!(await sureAbout(context, moderation, forGood, { question: 'moderation:ban.for-good', values }))) return;
		await answerPerformed(context, await moderation.perform(forGood));
		return;
	}
	await otherReason(context, user, one, order.reason ?? null);
}
