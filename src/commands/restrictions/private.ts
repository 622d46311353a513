import { container } from '@sapphire/pieces';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { rest, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import type { Outcome } from '#lib/core/outcome.js';
import { refusal } from '#lib/errors/refusal.js';
import { longestPrivateMessage } from '#modules/restrictions/domain/restriction.js';
import { showList } from './_list.js';

const admin = { member: ['Administrator'] } as const;
const manager = { member: ['ManageGuild'] } as const;

export const Private = defineGroup({
	id: 'restrictions.private',
	name: 'private',
	aliases: ['whitelist'],
	subcommands: {
		enable: sub({
			slash: 'restrict private enable',
			permissions: { ...admin, bot: ['KickMembers'] },
			async run(context) {
				const { rules } = container.services.restrictions;
				accepted(await rules.switchPrivate(changeOf(context), true));
				const count = (await rules.list(context.guild.id, 'private_allow')).length;
				await context.success('restrictions:private.enabled', { count });
			}
		}),
		disable: sub({
			slash: 'restrict private disable',
			permissions: admin,
			async run(context) {
				accepted(await container.services.restrictions.rules.switchPrivate(changeOf(context), false));
				await context.success('restrictions:private.disabled');
			}
		}),
		whitelist: sub({
			aliases: ['private add', 'whitelist add'],
			slash: 'restrict private whitelist',
			permissions: manager,
			options: { user: user() },
			async run(context, { user: target }) {
				accepted(await container.services.restrictions.rules.allow(changeOf(context), target));
				await context.success('restrictions:private.allowed', { user: target.username });
			}
		}),
		unwhitelist: sub({
			aliases: ['private remove', 'whitelist remove'],
			slash: 'restrict private unwhitelist',
			permissions: manager,
			options: { user: user() },
			async run(context, { user: target }) {
				accepted(await container.services.restrictions.rules.disallow(changeOf(context), target));
				await context.success('restrictions:private.disallowed', { user: target.username });
			}
		}),
		list: sub({ slash: 'restrict private list', permissions: admin, run: (context) => showList(context, 'private_allow') }),
		message: sub({
			slash: 'restrict private message',
			permissions: admin,
			options: { text: rest({ max: longestPrivateMessage }) },
			async run(context, { text }) {
				const wanted = text.trim().toLowerCase() === 'none' ? null : text.trim();
				const { before } = accepted(await container.services.restrictions.rules.setPrivateMessage(changeOf(context), wanted));
				const old = before.privateMessage;
				if (wanted === null) await context.success('restrictions:private.message-off', { text: old ?? '' });
				else if (old === null) await context.success('restrictions:private.message', { text: wanted });
				else await context.success('restrictions:private.message-changed', { text: wanted, old });
			}
		})
	}
});

function changeOf({ guild, user }: CommandContext<'guild'>) {
	return { guildId: guild.id, actorId: user.id };
}

function accepted<T>(outcome: Outcome<T>): T {
	if (!outcome.ok) throw refusal('restrictions', outcome.code, outcome.values);
	return outcome.value;
}
