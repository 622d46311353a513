import { container } from '@sapphire/pieces';
import { optional, rest } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

export const Afk = defineCommand({
	id: 'afk.afk',
	name: 'afk',
	stores: true,
	slash: 'afk',
	options: { reason: optional(rest({ max: 100 })) },
	async run(context, { reason }) {
		const outcome = await container.services.afk.away.leave(context.guild.id, context.user.id, reason, context.t('afk:usual-reason'));
		if (!outcome.ok) throw refusal('afk', outcome.code, outcome.values);
		const { isNew, reason: status } = outcome.value;
		await context.success(isNew ? 'afk:left' : 'afk:changed', { status });
	}
});
