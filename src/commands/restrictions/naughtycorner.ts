import { container } from '@sapphire/pieces';
import { ChannelType } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { sub } from '#lib/commands/definition.js';
import { channel, duration, optional, rest, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { refusal } from '#lib/errors/refusal.js';
import { answerPerformed, orderBy } from '#modules/moderation/answer.js';
import { missingInCorner } from '#modules/restrictions/discord/corner.js';
import { presentServer } from '#modules/restrictions/discord/presentServer.js';
import { showList } from './_list.js';

const manager = ['ManageGuild'] as const;
const moderator = ['ModerateMembers'] as const;
const names = ['naughtycorner', 'detention', 'nc'];
/** The same word below each name of the group. */
const below = (...words: readonly string[]) => words.flatMap((word) => names.map((name) => `${name} ${word}`));

export const NaughtyCorner = defineGroup({
	id: 'restrictions.naughtycorner',
	name: 'naughtycorner',
	aliases: ['detention', 'nc'],
	subcommands: {
		setup: sub({
			aliases: below('configure', 'set'),
			slash: 'restrict detention setup',
			permissions: { member: manager, bot: ['MoveMembers'] },
			options: { channel: channel(ChannelType.GuildVoice) },
			async run(context, { channel: corner }) {
				const missing = await missingInCorner(corner);
				if (missing.length > 0) throw refusal('commands', 'bot-missing-permissions', { permissions: missing.join(', ') });
				const outcome = await container.services.restrictions.rules.setCorner(changeOf(context), corner.id);
				if (!outcome.ok) throw refusal('restrictions', outcome.code);
				const old = outcome.value.before.detentionChannelId;
				const values = { channel: markup(`<#${corner.id}>`), old: markup(`<#${old}>`) };
				await context.success(old === null ? 'restrictions:corner.set' : 'restrictions:corner.moved', values);
				// Who is in it and sits elsewhere comes along.
				await container.services.restrictions.afterAway.gather(presentServer(context.guild));
			}
		}),
		unsetup: sub({
			slash: 'restrict detention unsetup',
			permissions: { member: manager },
			async run(context) {
				const outcome = await container.services.restrictions.rules.closeCorner(changeOf(context));
				if (!outcome.ok) throw refusal('restrictions', outcome.code);
				await context.success('restrictions:corner.closed', { count: outcome.value });
			}
		}),
		add: sub({
			slash: 'restrict detention add',
			permissions: { member: moderator, bot: ['MoveMembers'] },
			options: {
				member: user(),
				duration: optional(duration({ min: 60_000, max: 365 * 86_400_000 })),
				reason: optional(rest({ max: 1_000 }))
			},
			async run(context, { member: target, duration: durationMs, reason }) {
				const order = orderBy(context, 'detain', target, { durationMs, reason });
				await answerPerformed(context, await container.services.moderation.moderation.perform(order));
			}
		}),
		remove: sub({
			slash: 'restrict detention remove',
			permissions: { member: moderator },
			options: { member: user(), reason: optional(rest({ max: 1_000 })) },
			async run(context, { member: target, reason }) {
				const order = orderBy(context, 'undetain', target, { reason });
				await answerPerformed(context, await container.services.moderation.moderation.perform(order));
			}
		}),
		members: sub({
			aliases: below('list'),
			slash: 'restrict detention members',
			run: (context) => showList(context, 'detention')
		})
	}
});

function changeOf({ guild, user: { id: actorId } }: CommandContext<'guild'>) {
	return { guildId: guild.id, actorId };
}
