import { container } from '@sapphire/pieces';
import { snowflake } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

export const UnblacklistServer = defineCommand({
	id: 'access.unblacklistg',
	name: 'unblacklistg',
	aliases: ['gunblacklist'],
	where: 'both',
	answer: 'private',
	permissions: { staff: 'owner' },
	slash: { none: 'for the people who run the bot' },
	options: { server: snowflake() },
	async run(context, { server }) {
		const outcome = await container.services.access.lift('guild', server);
		if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
		await context.success('access:server-lifted', { server });
	}
});
