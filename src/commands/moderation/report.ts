import { container } from '@sapphire/pieces';
import { rest, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

export const Report = defineCommand({
	id: 'moderation.report',
	name: 'report',
	answer: 'private',
	slash: 'report',
	options: { user: user(), reason: rest({ max: 500 }) },
	async run(context, { user: reported, reason }) {
		const { guild, user: reporter } = context;
		const sent = await container.services.moderation.report({ guildId: guild.id, reporter, user: reported, reason, message: null });
		if (!sent.ok) throw refusal('moderation', sent.code);
		await context.success('moderation:report.sent');
	}
});
