import { defineCommand } from '#lib/commands/pieces.js';
import { notice } from '#lib/discord/theme.js';

export const Ping = defineCommand({
	id: 'diagnostics.ping',
	name: 'ping',
	where: 'both',
	slash: 'ping',
	async run(context) {
		const start = performance.now();
		await context.neutral('diagnostics:ping.measuring');
		const rest = Math.round(performance.now() - start);
		// -1 until the first heartbeat was answered.
		const gateway = Math.round(context.guild?.shard.ping ?? context.client.ws.ping);
		const text = gateway < 0 ? context.t('diagnostics:ping.rest-only', { rest }) : context.t('diagnostics:ping.both', { gateway, rest });
		await context.edit({ embeds: [notice('success', text, context.user)] });
	}
});
