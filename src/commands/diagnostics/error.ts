import { container } from '@sapphire/pieces';
import { rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { reportView } from '#modules/diagnostics/view.js';

export const ErrorCommand = defineCommand({
	id: 'diagnostics.error',
	name: 'error',
	aliases: ['trace'],
	where: 'both',
	answer: 'private',
	permissions: { staff: 'staff' },
	slash: { none: 'for the people who run the bot' },
	options: { code: rest({ max: 100 }) },
	async run(context, { code }) {
		const outcome = await container.services.diagnostics.findError(code);
		if (!outcome.ok) throw refusal('diagnostics', outcome.code, outcome.values);
		await context.reply(reportView(outcome.value, context.t));
	}
});
