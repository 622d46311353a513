import { container } from '@sapphire/pieces';
import { optional, rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';

export const Hardban = defineCommand({
	id: 'restrictions.hardban',
	name: 'hardban',
	permissions: { member: ['Administrator'], bot: ['BanMembers'] },
	slash: 'restrict hardban add',
	options: { user: user(), reason: optional(rest({ max: 1_000 })) },
	async run(context, { user: target, reason }) {
		const { moderation } = container.services.moderation;
		const { deleteMessageSeconds: deleteSeconds } = await moderation.settings(context.guild.id);
		const order = orderBy(context, 'hardban', target, { reason, details: { deleteSeconds } });
		await answerPerformed(context, await moderation.perform(order));
	}
});
