import { container } from '@sapphire/pieces';
import { user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { purchaseLines } from '#modules/access/view.js';

export const GetAuth = defineCommand({
	id: 'access.getauth',
	name: 'getauth',
	where: 'both',
	answer: 'private',
	permissions: { staff: 'staff' },
	slash: { none: 'for the people who run the bot' },
	options: { user: user() },
	async run(context, { user: buyer }) {
		const purchases = await container.services.access.boughtBy(buyer.id);
		if (purchases.length === 0) throw refusal('access', 'nothing-bought');
		const nameOf = (guildId: string) => context.client.guilds.cache.get(guildId)?.name ?? null;
		await context.paginate({ title: context.t('access:getauth.title'), lines: purchaseLines(purchases, nameOf, context.t) });
	}
});
