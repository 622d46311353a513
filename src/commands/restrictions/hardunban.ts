import { container } from '@sapphire/pieces';
import { bannedUser, optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';

export const Hardunban = defineCommand({
	id: 'restrictions.hardunban',
	name: 'hardunban',
	aliases: ['unhardban'],
	permissions: { member: ['Administrator'], bot: ['BanMembers'] },
	slash: 'restrict hardban remove',
	options: { user: bannedUser(), reason: optional(rest({ max: 1_000 })) },
	async run(context, { user: target, reason }) {
		const order = orderBy(context, 'unhardban', target, { reason });
		await answerPerformed(context, await container.services.moderation.moderation.perform(order));
	}
});
