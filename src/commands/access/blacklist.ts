import { container } from '@sapphire/pieces';
import { sub } from '#lib/commands/definition.js';
import { duration, optional, rest, snowflake, user } from '#lib/commands/options/index.js';
import { defineGroup } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { leaveServer } from '#modules/access/discord.js';
import { leavingText, personValues, untilValues } from '#modules/access/view.js';

const slash = { none: 'for the people who run the bot' } as const;
/** What the reason may be long. Characters. */
const longestReason = 500;

export const Blacklist = defineGroup({
	id: 'access.blacklist',
	name: 'blacklist',
	default: sub({
		name: 'user',
		where: 'both',
		answer: 'private',
		permissions: { staff: 'staff' },
		slash,
		options: { user: user(), duration: optional(duration()), reason: optional(rest({ max: longestReason })) },
		async run(context, { user: person, duration: lasts, reason }) {
			const who = { actorId: context.user.id, userId: person.id, isBot: person.bot };
			const outcome = await container.services.access.blacklistUser(who, lasts, reason);
			if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
			const { until } = outcome.value;
			const values = personValues(person.id);
			if (until === null) await context.success('access:blacklisted', values);
			else await context.success('access:blacklisted-until', { ...values, ...untilValues(until) });
		}
	}),
	subcommands: {
		server: sub({
			aliases: ['blacklistg', 'gblacklist'],
			where: 'both',
			answer: 'private',
			permissions: { staff: 'owner' },
			slash,
			options: { server: snowflake(), reason: optional(rest({ max: longestReason })) },
			async run(context, { server, reason }) {
				const outcome = await container.services.access.blacklistGuild(server, context.user.id, reason);
				if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
				if (server === context.guild?.id) {
					// Said first: afterwards the bot cannot write here.
					await context.success('access:server-blacklisted-here');
					await leaveServer(context.client, server);
					return;
				}
				const leaving = await leaveServer(context.client, server);
				await context.success('access:server-blacklisted', { server, ...leavingText(leaving, context.t) });
			}
		})
	}
});
