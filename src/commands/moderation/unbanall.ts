import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { massKinds } from '#modules/moderation/ids.js';

export const Unbanall = defineCommand({
	id: 'moderation.unbanall',
	name: 'unbanall',
	permissions: { guildOwner: true, bot: ['BanMembers'] },
	slash: 'mod mass unban',
	cooldown: 'expensive',
	async run(context) {
		await context.defer();
		const bans = await container.services.moderation.mass.bansToLift(context.guild.id, context.user.id);
		if (bans === null) throw refusal('moderation', 'server-away');
		const { ids, kept } = bans;
		if (ids.length === 0) throw refusal('moderation', kept === 0 ? 'no-bans' : 'only-kept-bans');
		const question = kept === 0 ? 'moderation:unbanall.sure' : 'moderation:unbanall.sure-but-kept';
		if (!(await context.confirm({ question, values: { count: ids.length, kept } }))) return;
		await container.jobs.startFrom(context, {
			kind: massKinds.unbanall,
			title: { key: 'moderation:jobs.unbanall', values: { count: ids.length } },
			items: ids.map((key) => ({ key })),
			permission: 'BanMembers'
		});
	}
});
