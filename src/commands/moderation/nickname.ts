import { container } from '@sapphire/pieces';
import { member, optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';

export const Nickname = defineCommand({
	id: 'moderation.nickname',
	name: 'nickname',
	aliases: ['nick', 'setnick'],
	permissions: { member: ['ManageNicknames'], bot: ['ManageNicknames'] },
	slash: 'mod nickname',
	options: { member: member(), nickname: optional(rest({ max: 100 })) },
	async run(context, { member: target, nickname }) {
		const order = orderBy(context, 'nickname', target, { details: { nickname: nickname?.trim() || null } });
		await answerPerformed(context, await container.services.moderation.moderation.perform(order));
	}
});
