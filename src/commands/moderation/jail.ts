import { container } from '@sapphire/pieces';
import { duration, member, optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { lengthAtEnd } from '#modules/moderation/domain/lengthAtEnd.js';

const length = { min: 60_000, max: 5 * 365 * 86_400_000 };

export const JailCommand = defineCommand({
	id: 'moderation.jail',
	name: 'jail',
	permissions: { member: ['ManageChannels'], bot: ['ManageRoles'] },
	slash: 'mod jail put',
	options: {
		member: member(),
		duration: optional(duration(length)),
		reason: optional(rest({ max: 1_000 }))
	},
	async run(context, { member: target, duration: first, reason }) {
		const { moderation } = container.services.moderation;
		const isTyped = context.flow === 'prefix' && first === null && reason !== null;
		const given = isTyped ? lengthAtEnd(reason, length) : { reason, durationMs: first };
		await answerPerformed(context, await moderation.perform(orderBy(context, 'jail', target, given)));
	}
});
