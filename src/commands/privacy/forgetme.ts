import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { countRows } from '#modules/privacy/file.js';
import { forgottenView } from '#modules/privacy/view.js';

export const ForgetMe = defineCommand({
	id: 'privacy.forgetme',
	name: 'forgetme',
	where: 'both',
	answer: 'private',
	cooldown: { uses: 2, seconds: 60, scope: 'user' },
	slash: 'forgetme',
	async run(context) {
		const { privacy } = container.services;
		const { user, t } = context;
		await context.defer();
		const count = countRows(await privacy.export(user.id, t));
		if (count === 0) return context.neutral('privacy:mydata.nothing');
		if (!(await context.confirm({ question: 'privacy:forgetme.question', values: { count } }))) {
			return context.neutral('privacy:forgetme.cancelled');
		}
		const forgotten = await privacy.forget(user.id);
		if (forgotten.failed.length > 0) throw refusal('privacy', 'partly-forgotten');
		return context.reply({ embeds: [forgottenView(forgotten, user, t)], private: true });
	}
});
