import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';

export const DeleteErrors = defineCommand({
	id: 'diagnostics.delerrors',
	name: 'delerrors',
	where: 'both',
	answer: 'private',
	permissions: { staff: 'owner' },
	slash: { none: 'for the people who run the bot' },
	async run(context) {
		const count = await container.services.diagnostics.deleteErrors();
		await context.success('diagnostics:delerrors', { count });
	}
});
