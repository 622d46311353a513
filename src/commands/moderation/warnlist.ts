import { container } from '@sapphire/pieces';
import { user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { personLine } from '#modules/moderation/view/caseLists.js';
import { labelsIn } from './_options.js';

export const Warnlist = defineCommand({
	id: 'moderation.warnlist',
	name: 'warnlist',
	aliases: ['warns', 'warn list'],
	slash: 'warn list',
	permissions: { member: ['ManageMessages'] },
	options: { member: user() },
	async run(context, { member }) {
		const { guild, t, locale } = context;
		const found = await container.services.moderation.warnings.list(guild.id, member.id);
		if (found.length === 0) throw refusal('moderation', 'no-warnings', { user: member.username });
		const words = { t, locale, labelOf: labelsIn(locale) };
		const title = t('moderation:warnings.title', { count: found.length, user: member.username });
		await context.paginate({ title, lines: found.map((one) => personLine(one, words)) });
	}
});
