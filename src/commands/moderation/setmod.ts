import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { closingOf } from '#modules/moderation/service/jailJobs.js';
import { builtJailView } from '#modules/moderation/view/jail.js';

export const SetMod = defineCommand({
	id: 'moderation.setmod',
	name: 'setmod',
	aliases: ['setjail'],
	permissions: {
		member: ['Administrator'],
		bot: ['ManageRoles', 'ManageChannels', 'SendMessages', 'EmbedLinks', 'AttachFiles', 'ReadMessageHistory']
	},
	slash: 'mod jail setup',
	async run(context) {
		await context.defer();
		const { guild, user, t } = context;
		const outcome = await container.services.moderation.jailSetup.build({ guildId: guild.id, actorId: user.id });
		if (!outcome.ok) throw refusal('moderation', outcome.code);
		const built = outcome.value;
		await context.reply(builtJailView(built, user, t));
		if (built.open.length > 0) await container.jobs.startFrom(context, closingOf(built));
	}
});
