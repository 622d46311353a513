import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { massKinds } from '#modules/moderation/ids.js';

export const Untimeoutall = defineCommand({
	id: 'moderation.untimeoutall',
	name: 'untimeoutall',
	aliases: ['uta'],
	permissions: { member: ['ModerateMembers'], bot: ['ModerateMembers'] },
	slash: 'mod mass untimeout',
	cooldown: 'expensive',
	async run(context) {
		await context.defer();
		const { people } = await container.services.moderation.muted(context.guild);
		if (people.length === 0) throw refusal('moderation', 'nobody-muted');
		if (!(await context.confirm({ question: 'moderation:untimeoutall.sure', values: { count: people.length } }))) return;
		await container.jobs.startFrom(context, {
			kind: massKinds.untimeoutall,
			title: { key: 'moderation:jobs.untimeoutall', values: { count: people.length } },
			items: people.map(({ id }) => ({ key: id })),
			permission: 'ModerateMembers'
		});
	}
});
