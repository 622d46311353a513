import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

export const ClearNames = defineCommand({
	id: 'afk.clearnames',
	name: 'clearnames',
	aliases: ['clearusernames', 'clearusers', 'deletenames', 'deleteusernames'],
	slash: 'names clear',
	answer: 'private',
	async run(context) {
		const { names } = container.services.afk;
		const count = await names.count(context.user.id);
		if (count === 0) throw refusal('afk', 'nothing-to-clear');
		if (!(await context.confirm({ question: 'afk:clear.question', values: { count } }))) return;
		await context.success('afk:clear.done', { count: await names.clear(context.user.id) });
	}
});
