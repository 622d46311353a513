import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { optional, rest, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { longestNick, nickAsKept } from '#modules/restrictions/domain/restriction.js';
import { showList } from './_list.js';

const permissions = { member: ['ManageNicknames'], bot: ['ManageNicknames'] } as const;

export const Forcenick = defineGroup({
	id: 'restrictions.forcenick',
	name: 'forcenick',
	aliases: ['locknick', 'fn', 'forcenickname'],
	default: sub({
		name: 'set',
		slash: 'restrict nick set',
		permissions,
		options: { member: user(), nick: optional(rest({ max: longestNick })) },
		async run(context, { member: target, nick }) {
			const value = nickAsKept(nick ?? '') || null;
			const order =
				value === null ? orderBy(context, 'unforcenick', target) : orderBy(context, 'forcenick', target, { details: { value } });
			await answerPerformed(context, await container.services.moderation.moderation.perform(order));
		}
	}),
	subcommands: {
		list: sub({
			slash: 'restrict nick list',
			permissions: { member: ['ManageNicknames'] },
			run: (context) => showList(context, 'forcenick')
		})
	}
});
