import { container } from '@sapphire/pieces';
import { member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

export const Softban = defineCommand({
	id: 'moderation.softban',
	name: 'softban',
	permissions: { member: ['BanMembers'], bot: ['BanMembers'] },
	slash: 'mod softban',
	options: { member: member(), reason: optional(reasonOption()) },
	async run(context, { member: target, reason }) {
		await answerPerformed(context, await container.services.moderation.moderation.perform(orderBy(context, 'softban', target, { reason })));
	}
});
