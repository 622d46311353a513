import { container } from '@sapphire/pieces';
import { member } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { answerPerformed, orderBy, performedOf, sureAbout } from '#modules/moderation/answer.js';
import { comesTo } from '#modules/moderation/domain/restore.js';
import { nothingRestoredView, restoreQuestion } from '#modules/moderation/view/restore.js';

export const Restore = defineCommand({
	id: 'moderation.restore',
	name: 'restore',
	permissions: { member: ['Administrator'], bot: ['ManageRoles'] },
	slash: 'mod restore',
	options: { member: member() },
	async run(context, { member: { user } }) {
		const { moderation, planRestore } = container.services.moderation;
		const plan = performedOf(await planRestore(orderBy(context, 'restore', user)));
		if (comesTo(plan) === 'none') return void (await context.reply(nothingRestoredView(plan, user, context.user, context.t)));
		const order = orderBy(context, 'restore', user, { details: { confirmed: plan.dangerous } });
		const question = { question: 'moderation:restore.sure', values: restoreQuestion(plan, user) } as const;
		if (plan.dangerous.length > 0 && !(await sureAbout(context, moderation, order, question))) return;
		await answerPerformed(context, await moderation.perform(order));
	}
});
