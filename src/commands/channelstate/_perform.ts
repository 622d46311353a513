import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { answerPerformed } from '#modules/moderation/answer.js';
import type { OrderRequest } from '#modules/moderation/index.js';

interface HereRequest extends Pick<OrderRequest, 'type' | 'targetId' | 'durationMs' | 'details'> {
	/** Null: where it was typed. */
	readonly channel: { readonly id: string } | null;
	readonly reason?: string | null;
}

/** Carries an action out in a channel, and answers what became of it. */
export async function performHere(context: CommandContext<'guild'>, { channel, reason = null, ...order }: HereRequest): Promise<void> {
	const place = { guildId: context.guild.id, channelId: channel?.id ?? context.channelId, actorId: context.user.id };
	await answerPerformed(context, await container.services.moderation.moderation.perform({ ...order, ...place, reason }));
}
