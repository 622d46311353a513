import type { MessageKey } from '#generated/messages.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { refusal } from '#lib/errors/refusal.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Moderation, OrderRequest, Performed, PerformOutcome } from './service/moderation.js';
import { performedView } from './view/performed.js';

/** What the caller of a command wants done to somebody. */
export function orderBy(
	{ guild, user }: Pick<CommandContext<'guild'>, 'guild' | 'user'>,
	type: string,
	target: { readonly id: string },
	more: Partial<OrderRequest> = {}
): OrderRequest {
	return { type, guildId: guild.id, targetId: target.id, actorId: user.id, ...more };
}

/** Answers a command with what became of its action. @throws the refusal, when it was refused */
export async function answerPerformed(context: Pick<CommandContext, 'reply' | 'user' | 't'>, outcome: PerformOutcome): Promise<Performed> {
	const performed = performedOf(outcome);
	await context.reply(performedView(performed, context.user, context.t));
	return performed;
}

/** @throws the refusal, when it was refused */
export function performedOf<T>(outcome: { readonly ok: true; readonly value: T } | Exclude<PerformOutcome, { readonly ok: true }>): T {
	if (!outcome.ok) throw refusal(outcome.module, outcome.code, outcome.values);
	return outcome.value;
}

/** Asks the caller whether he is sure, when it may be done at all; at the press it is judged again. @throws the refusal */
export async function sureAbout(
	context: Pick<CommandContext, 'confirm'>,
	moderation: Pick<Moderation, 'judge'>,
	order: OrderRequest,
	question: { readonly question: MessageKey; readonly values?: Values }
): Promise<boolean> {
	const recheck = async () => void performedOf(await moderation.judge(order));
	await recheck();
	return context.confirm({ ...question, recheck });
}
