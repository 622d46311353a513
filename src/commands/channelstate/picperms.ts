import { container } from '@sapphire/pieces';
import { member, optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { place } from '#modules/channelstate/options.js';
import { performHere } from './_perform.js';

export const Picperms = defineCommand({
	id: 'channelstate.picperms',
	name: 'picperms',
	aliases: ['pic'],
	slash: 'lock media pictures',
	permissions: { member: ['ManageRoles'] },
	options: { member: member(), channel: optional(place({ byName: true })) },
	async run(context, { member: target, channel }) {
		const channelId = channel?.id ?? context.channelId;
		const has = await container.services.channelstate.mayShowPictures(context.guild.id, channelId, target.id);
		await performHere(context, { type: has ? 'unpicperms' : 'picperms', targetId: target.id, channel });
	}
});
