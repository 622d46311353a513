import { container } from '@sapphire/pieces';
import { requireCommand } from '#lib/commands/guards/requireCommand.js';
import { duration } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { performedOf } from '#modules/moderation/answer.js';
import { endValues } from '#modules/moderation/view/edited.js';
import { caseNumberOption } from './_options.js';

export const DurationCommand = defineCommand({
	id: 'moderation.duration',
	name: 'duration',
	slash: 'case duration',
	permissions: { member: ['ManageMessages'] },
	options: { number: caseNumberOption(), length: duration({ min: 60_000, max: 5 * 365 * 86_400_000 }) },
	async run(context, { number, length: durationMs }) {
		const { cases, moderation } = container.services.moderation;
		const found = await cases.open(context.guild.id, number);
		if (!found.ok) throw refusal('moderation', found.code, found.values);
		// To end a ban sooner is to unban: it takes the right to ban.
		const action = moderation.actions.get(found.value.case.type);
		if (action !== null) await requireCommand(context, action.command);
		const request = { guildId: context.guild.id, actorId: context.user.id, number, durationMs };
		await context.success('moderation:edited.duration', endValues(number, performedOf(await cases.changeDuration(request))));
	}
});
