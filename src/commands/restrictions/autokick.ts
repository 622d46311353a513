import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { optional, rest, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { showList } from './_list.js';

const member = ['ManageGuild'] as const;
const options = { user: user(), reason: optional(rest({ max: 1_000 })) };

export const Autokick = defineGroup({
	id: 'restrictions.autokick',
	name: 'autokick',
	aliases: ['aks'],
	subcommands: {
		add: sub({
			slash: 'restrict autokick add',
			permissions: { member, bot: ['KickMembers'] },
			options,
			async run(context, { user: target, reason }) {
				const order = orderBy(context, 'autokick', target, { reason });
				await answerPerformed(context, await container.services.moderation.moderation.perform(order));
			}
		}),
		remove: sub({
			slash: 'restrict autokick remove',
			permissions: { member },
			options,
			async run(context, { user: target, reason }) {
				const order = orderBy(context, 'unautokick', target, { reason });
				await answerPerformed(context, await container.services.moderation.moderation.perform(order));
			}
		}),
		list: sub({ slash: 'restrict autokick list', permissions: { member }, run: (context) => showList(context, 'autokick') })
	}
});
