import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { editedValues } from '#modules/moderation/view/edited.js';
import { caseSpanOption, reasonOption } from './_options.js';

export const Reason = defineCommand({
	id: 'moderation.reason',
	name: 'reason',
	slash: 'case reason',
	permissions: { member: ['ManageMessages'] },
	options: { cases: caseSpanOption(), text: reasonOption() },
	async run(context, { cases: span, text }) {
		const by = { guildId: context.guild.id, actorId: context.user.id };
		const outcome = await container.services.moderation.cases.changeReason(by, span, text);
		if (!outcome.ok) throw refusal('moderation', outcome.code, outcome.values);
		await context.success('moderation:edited.reason', editedValues(outcome.value, text));
	}
});
