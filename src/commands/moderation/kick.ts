import { container } from '@sapphire/pieces';
import { member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy, sureAbout } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

export const Kick = defineCommand({
	id: 'moderation.kick',
	name: 'kick',
	permissions: { member: ['KickMembers'], bot: ['KickMembers'] },
	slash: 'kick',
	options: { member: member(), reason: optional(reasonOption()) },
	async run(context, { member: target, reason }) {
		const { moderation } = container.services.moderation;
		const order = orderBy(context, 'kick', target, { reason });
		const question = { question: 'moderation:kick.booster', values: { user: target.user.username } } as const;
		if (target.premiumSinceTimestamp !== null && !(await sureAbout(context, moderation, order, question))) return;
		await answerPerformed(context, await moderation.perform(order));
	}
});
