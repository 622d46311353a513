import { container } from '@sapphire/pieces';
import { bannedUser, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed } from '#modules/moderation/answer.js';
import { reasonOption } from './_options.js';

export const Unban = defineCommand({
	id: 'moderation.unban',
	name: 'unban',
	permissions: { member: ['BanMembers'], bot: ['BanMembers'] },
	slash: 'mod unban',
	options: { user: bannedUser(), reason: optional(reasonOption()) },
	async run(context, { user: target, reason }) {
		const order = { type: 'unban', guildId: context.guild.id, targetId: target.id, actorId: context.user.id, reason };
		await answerPerformed(context, await container.services.moderation.moderation.perform(order));
	}
});
