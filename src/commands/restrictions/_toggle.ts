import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';

/** Lays a restriction on somebody, or takes it away when he has it. Of two at once who want the same, one is told that it is so. */
export async function toggle(
	context: CommandContext<'guild'>,
	kind: 'uwulock' | 'shutup',
	target: { readonly id: string },
	given: { readonly durationMs: number | null; readonly reason: string | null }
): Promise<void> {
	const has = await container.services.restrictions.rules.find({ guildId: context.guild.id, userId: target.id }, kind);
	const type = has === null ? kind : `un${kind}`;
	const order = orderBy(context, type, target, has === null ? given : { reason: given.reason });
	await answerPerformed(context, await container.services.moderation.moderation.perform(order));
}
