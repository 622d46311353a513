import { container } from '@sapphire/pieces';
import { member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

export const Voicedeafen = defineCommand({
	id: 'moderation.voicedeafen',
	name: 'voicedeafen',
	permissions: { member: ['DeafenMembers'], bot: ['DeafenMembers'] },
	slash: 'mod voice deafen',
	options: { member: member(), reason: optional(reasonOption()) },
	async run(context, { member: target, reason }) {
		await answerPerformed(
			context,
			await container.services.moderation.moderation.perform(orderBy(context, 'voicedeafen', target, { reason }))
		);
	}
});
