import { container } from '@sapphire/pieces';
import { snowflake, user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { giveRole, tell } from '#modules/access/discord.js';
import { buyerView, personValues, roleText } from '#modules/access/view.js';

export const Authorize = defineCommand({
	id: 'access.authorize',
	name: 'authorize',
	where: 'both',
	answer: 'private',
	permissions: { staff: 'staff' },
	slash: { none: 'for the people who run the bot' },
	options: { server: snowflake(), buyer: user() },
	async run(context, { server, buyer }) {
		const { kit, services } = container;
		const outcome = await services.access.authorise(server, buyer.id, context.user.id);
		if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
		const locale = await kit.locale({ interaction: null, userId: buyer.id, guildId: null, guildLocale: null });
		const message = buyerView('authorised', buyer.id, server, null, kit.languages.translator(locale));
		const told = await tell(context.client, buyer.id, message);
		const { buyerRole } = services.access.desk;
		const given = buyerRole === null ? null : await giveRole(context.client, buyer.id, buyerRole);
		const values = { server, ...personValues(buyer.id), ...roleText(given, context.t) };
		await context.success(told ? 'access:authorised' : 'access:authorised-untold', values);
	}
});
