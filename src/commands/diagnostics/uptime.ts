import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { markup } from '#lib/core/markdown.js';
import { formatDuration, timestamp } from '#lib/discord/format.js';

export const Uptime = defineCommand({
	id: 'diagnostics.uptime',
	name: 'uptime',
	aliases: ['up'],
	where: 'both',
	slash: 'uptime',
	async run(context) {
		const { startedAt } = container.services.information;
		const duration = formatDuration(container.kit.clock.now() - startedAt, context.locale, 3);
		await context.neutral('diagnostics:uptime', { duration, since: markup(timestamp(startedAt)) });
	}
});
