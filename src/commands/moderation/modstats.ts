import { container } from '@sapphire/pieces';
import { choice, optional, withDefault } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { userUnless } from '#modules/moderation/options.js';
import { moderatorLine } from '#modules/moderation/view/caseLists.js';
import { labelsIn } from './_options.js';

const days = { '7d': 7, '30d': 30, all: null } as const;
const periods = ['7d', '30d', 'all'] as const;

export const ModStats = defineCommand({
	id: 'moderation.modstats',
	name: 'modstats',
	slash: 'case stats',
	permissions: { member: ['ManageMessages'] },
	options: {
		moderator: optional(userUnless((word) => Object.hasOwn(days, word.toLowerCase()))),
		period: withDefault(choice(periods), '30d')
	},
	async run(context, { moderator, period }) {
		const { guild, t, locale } = context;
		const found = await container.services.moderation.cases.byModerator(guild.id, days[period], moderator?.id ?? null);
		if (found.length === 0) throw refusal('moderation', 'no-cases');
		const words = { t, locale, labelOf: labelsIn(locale) };
		await context.paginate({ title: t(`moderation:stats.title-${period}`), lines: found.map((one) => moderatorLine(one, words)) });
	}
});
