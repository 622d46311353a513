import { container } from '@sapphire/pieces';
import { defineCommand } from '#lib/commands/pieces.js';
import { inviteLink } from '#modules/information/discord.js';
import { inviteView } from '#modules/information/view.js';

export const Invite = defineCommand({
	id: 'information.invite',
	name: 'invite',
	aliases: ['support', 'inv', 'link'],
	where: 'both',
	slash: 'invite',
	async run(context) {
		const link = inviteLink(context.client, container.kit.index.leaves);
		await context.reply({ embeds: [inviteView(link, container.services.information.supportServer, context.t)] });
	}
});
