import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { mutedLines } from '#modules/moderation/view/muted.js';

export const Muted = defineCommand({
	id: 'moderation.muted',
	name: 'muted',
	slash: 'mod muted',
	cooldown: 'expensive',
	async run(context) {
		// Many pages of members may have to be read.
		await context.defer();
		const muted = await container.services.moderation.muted(context.guild);
		if (muted.people.length === 0)
			return void (await context.neutral(muted.complete ? 'moderation:muted.nobody' : 'moderation:muted.no-case'));
		const title = context.t(muted.complete ? 'moderation:muted.title' : 'moderation:muted.title-cases', { count: muted.people.length });
		await context.paginate({ title, lines: mutedLines(muted, context.t), numbered: true });
	}
});
