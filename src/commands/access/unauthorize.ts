import { container } from '@sapphire/pieces';
import { optional, rest, snowflake } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { leaveServer, tell } from '#modules/access/discord.js';
import { buyerView, leavingText } from '#modules/access/view.js';

export const Unauthorize = defineCommand({
	id: 'access.unauthorize',
	name: 'unauthorize',
	where: 'both',
	answer: 'private',
	permissions: { staff: 'staff' },
	slash: { none: 'for the people who run the bot' },
	options: { server: snowflake(), reason: optional(rest({ max: 500 })) },
	async run(context, { server, reason }) {
		const { kit, services } = container;
		const outcome = await services.access.unauthorise(server);
		if (!outcome.ok) throw refusal('access', outcome.code, outcome.values);
		const { buyerId } = outcome.value;
		let told = true;
		if (buyerId !== null) {
			const locale = await kit.locale({ interaction: null, userId: buyerId, guildId: null, guildLocale: null });
			told = await tell(context.client, buyerId, buyerView('unauthorised', buyerId, server, reason, kit.languages.translator(locale)));
		}
		// In the server itself it is said first: afterwards the bot cannot write there.
		const isHere = server === context.guild?.id;
		if (isHere) await context.success('access:unauthorised-here');
		const leaving = await leaveServer(context.client, server);
		if (isHere) return;
		await context.success(told ? 'access:unauthorised' : 'access:unauthorised-untold', { server, ...leavingText(leaving, context.t) });
	}
});
