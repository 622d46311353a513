import { container } from '@sapphire/pieces';
import { boolean, choice, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { optOutFeatures } from '#modules/privacy/domain.js';
import { switchesView } from '#modules/privacy/view.js';

export const Privacy = defineCommand({
	id: 'privacy.privacy',
	name: 'privacy',
	where: 'both',
	answer: 'private',
	slash: 'privacy',
	options: { feature: optional(choice(optOutFeatures)), optout: optional(boolean()) },
	async run(context, { feature, optout }) {
		const { privacy } = container.services;
		if (feature === null || optout === null) {
			const bits = await privacy.switches(context.user.id);
			await context.reply({
				embeds: [switchesView(bits, context.prefix, context.t, feature === null ? undefined : [feature])],
				private: true
			});
			return;
		}
		const outcome = await privacy.setOptOut(context.user.id, feature, optout);
		if (!outcome.ok) throw refusal('privacy', outcome.code);
		const count = outcome.value.erased;
		if (!optout) await context.success('privacy:opted-in', { feature });
		else if (count === 0) await context.success('privacy:opted-out', { feature });
		else await context.success('privacy:opted-out-erased', { feature, count });
	}
});
