import { container } from '@sapphire/pieces';
import { boolean, choice, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { optOutFeatures } from '#modules/privacy/domain.js';
import { consentView, switchesView } from '#modules/privacy/view.js';

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
			const { prefix, t, user } = context;
			const bits = await privacy.switches(user.id);
			if (feature !== null) return context.reply({ embeds: [switchesView(bits, prefix, t, [feature])], private: true });
			const { embed, components } = consentView(await privacy.consent.state(user.id), user, t);
			return context.reply({ embeds: [switchesView(bits, prefix, t), embed], components, private: true });
		}
		const outcome = await privacy.setOptOut(context.user.id, feature, optout);
		if (!outcome.ok) throw refusal('privacy', outcome.code);
		const count = outcome.value.erased;
		if (!optout) return context.success('privacy:opted-in', { feature });
		if (count === 0) return context.success('privacy:opted-out', { feature });
		return context.success('privacy:opted-out-erased', { feature, count });
	}
});
