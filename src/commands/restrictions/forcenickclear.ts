import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { clearNicksKind } from '#modules/restrictions/ids.js';

export const Forcenickclear = defineCommand({
	id: 'restrictions.forcenickclear',
	name: 'forcenickclear',
	aliases: ['fnclear'],
	permissions: { member: ['Administrator'], bot: ['ManageNicknames'] },
	cooldown: { uses: 1, seconds: 60, scope: 'guild' },
	slash: 'restrict nick clear',
	async run(context) {
		const { rules } = container.services.restrictions;
		const locked = await rules.list(context.guild.id, 'forcenick');
		if (locked.length === 0) throw refusal('restrictions', 'no-forcenick');
		if (!(await context.confirm({ question: 'restrictions:clear-nicks.sure', values: { count: locked.length } }))) return;
		await container.jobs.startFrom(context, {
			kind: clearNicksKind,
			title: { key: 'restrictions:clear-nicks.title' },
			items: (await rules.list(context.guild.id, 'forcenick')).map(({ userId }) => ({ key: userId })),
			permission: 'Administrator'
		});
	}
});
