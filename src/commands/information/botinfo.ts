import { container } from '@sapphire/pieces';
import { version as discordVersion } from 'discord.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { ownShards, shardCountOf } from '#modules/information/discord.js';
import { aboutView } from '#modules/information/view.js';

export const BotInfo = defineCommand({
	id: 'information.botinfo',
	name: 'botinfo',
	aliases: ['bi', 'info', 'about', 'bot'],
	where: 'both',
	slash: 'botinfo',
	async run(context) {
		const { client, locale } = context;
		const { shards, startedAt, version } = container.services.information;
		const states = (await shards.read(shardCountOf(client), ownShards(client))).filter((state) => state !== null);
		const { leaves } = container.kit.index;
		const about = {
			name: client.user.username,
			avatar: client.user.displayAvatarURL(),
			createdAt: client.user.createdTimestamp,
			startedAt,
			guilds: states.reduce((sum, state) => sum + state.guilds, 0),
			members: states.reduce((sum, state) => sum + state.members, 0),
			commands: leaves.length,
			modules: new Set(leaves.map((leaf) => leaf.module)).size,
			versions: { evict: version, discord: discordVersion, node: process.versions.node },
			locale
		};
		await context.reply({ embeds: [aboutView(about, context.t)] });
	}
});
