import { container } from '@sapphire/pieces';
import { member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

export const Strip = defineCommand({
	id: 'moderation.strip',
	name: 'strip',
	permissions: { member: ['Administrator'], bot: ['ManageRoles'] },
	slash: 'mod strip',
	options: { member: member(), reason: optional(reasonOption()) },
	async run(context, { member: target, reason }) {
		const { moderation } = container.services.moderation;
		await answerPerformed(context, await moderation.perform(orderBy(context, 'strip', target, { reason })));
	}
});
