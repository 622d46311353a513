import { container } from '@sapphire/pieces';
import { optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { caseListPages } from '#modules/moderation/view/caseLists.js';
import { aboutOption, byOption, labelsIn, typeOption } from './_options.js';

export const CasesCommand = defineCommand({
	id: 'moderation.cases',
	name: 'cases',
	aliases: ['history', 'case list'],
	slash: 'case list',
	permissions: { member: ['ManageMessages'] },
	options: { user: optional(aboutOption()), type: optional(typeOption()), by: optional(byOption()) },
	async run(context, { user, type, by }) {
		const { guild, t, locale } = context;
		const filter = { userId: user?.id ?? null, moderatorId: by?.moderator.id ?? null, type: type ?? by?.type ?? null };
		const list = await container.services.moderation.cases.list({ guildId: guild.id, ...filter });
		if (list.counts.size === 0) throw refusal('moderation', 'no-cases');
		const title = user === null ? t('moderation:list.title') : t('moderation:list.title-of', { user: user.username });
		await context.paginate({ embeds: caseListPages(list, title, { t, locale, labelOf: labelsIn(locale) }) });
	}
});
