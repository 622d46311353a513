import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { jailedLines } from '#modules/moderation/view/jail.js';

export const Jailed = defineCommand({
	id: 'moderation.jailed',
	name: 'jailed',
	permissions: { member: ['ManageMessages'] },
	slash: 'mod jail list',
	async run(context) {
		const jailed = await container.services.moderation.jail.list(context.guild.id);
		if (jailed.length === 0) return void (await context.neutral('moderation:jail.nobody'));
		const title = context.t('moderation:jail.title', { count: jailed.length });
		await context.paginate({ title, lines: jailedLines(jailed, context.t), numbered: true });
	}
});
