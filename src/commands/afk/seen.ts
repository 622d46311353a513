import { container } from '@sapphire/pieces';
import { PermissionFlagsBits } from 'discord.js';
import { member } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { seenView } from '#modules/afk/view.js';

export const Seen = defineCommand({
	id: 'afk.seen',
	name: 'seen',
	slash: 'seen',
	options: { member: member() },
	async run(context, { member: who }) {
		const seen = await container.services.afk.seen.find(context.guild.id, who.id);
		if (seen === null) throw refusal('afk', 'not-seen', { member: who.displayName });
		// Where somebody writes is told to those who may look there only.
		const channel = context.guild.channels.cache.get(seen.channelId);
		const visible = channel?.permissionsFor(context.member).has(PermissionFlagsBits.ViewChannel) ?? false;
		await context.reply({ embeds: [seenView(seen, who.id, visible, context.t)] });
	}
});
