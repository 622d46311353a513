import { container } from '@sapphire/pieces';
import { optional, rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';

export const Unjail = defineCommand({
	id: 'moderation.unjail',
	name: 'unjail',
	permissions: { member: ['ManageChannels'], bot: ['ManageRoles'] },
	slash: 'mod jail free',
	options: { user: user(), reason: optional(rest({ max: 1_000 })) },
	async run(context, { user: target, reason }) {
		const { moderation } = container.services.moderation;
		await answerPerformed(context, await moderation.perform(orderBy(context, 'unjail', target, { reason })));
	}
});
