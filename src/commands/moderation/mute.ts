import { container } from '@sapphire/pieces';
import { duration, member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

const day = 86_400_000;

export const Mute = defineCommand({
	id: 'moderation.mute',
	name: 'mute',
	aliases: ['timeout'],
	permissions: { member: ['ModerateMembers'], bot: ['ModerateMembers'] },
	slash: 'mute',
	options: {
		member: member(),
		duration: optional(duration({ min: 1_000, max: 5 * 365 * day })),
		reason: optional(reasonOption())
	},
	async run(context, { member: target, duration: given, reason }) {
		const { moderation } = container.services.moderation;
		const durationMs = given ?? (await moderation.settings(context.guild.id)).defaultMuteSeconds * 1_000;
		await answerPerformed(context, await moderation.perform(orderBy(context, 'mute', target, { reason, durationMs })));
	}
});
