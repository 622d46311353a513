import { container } from '@sapphire/pieces';
import { requireCommand } from '#lib/commands/guards/requireCommand.js';
import { user } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';

const id = 'moderation.warnclear';

export const Warnclear = defineCommand({
	id,
	name: 'warnclear',
	aliases: ['warn clear'],
	slash: 'warn clear',
	permissions: { member: ['ManageMessages'] },
	options: { member: user() },
	async run(context, { member }) {
		const { warnings } = container.services.moderation;
		const by = { guildId: context.guild.id, actorId: context.user.id };
		const judge = async () => {
			const judged = await warnings.judgePardon(by, member.id);
			if (!judged.ok) throw refusal('moderation', judged.code);
		};
		await judge();
		const { length: count } = await warnings.list(by.guildId, member.id);
		if (count === 0) throw refusal('moderation', 'no-warnings', { user: member.username });
		const recheck = async () => {
			await requireCommand(context, id);
			await judge();
		};
		const values = { count, user: member.username };
		if (!(await context.confirm({ question: 'moderation:warnings.ask-clear', values, recheck }))) return;
		const cleared = await warnings.clear(by, member.id);
		if (!cleared.ok) throw refusal('moderation', cleared.code, { user: member.username });
		await context.success('moderation:warnings.cleared', { count: cleared.value, user: member.username });
	}
});
