import { container } from '@sapphire/pieces';
import { type GuildBasedChannel, PermissionFlagsBits } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { optional } from '#lib/commands/options/index.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { refusal } from '#lib/errors/refusal.js';
import { performedOf } from '#modules/moderation/answer.js';
import { nukedChannel } from '#modules/moderation/options.js';
import { nukeValues } from '#modules/moderation/view/nuke.js';
import { performedView } from '#modules/moderation/view/performed.js';

export const Nuke = defineCommand({
	id: 'moderation.nuke',
	name: 'nuke',
	permissions: { member: ['Administrator'], bot: ['ManageChannels'] },
	slash: 'mod nuke',
	cooldown: { uses: 1, seconds: 30, scope: 'guild' },
	options: { channel: optional(nukedChannel()) },
	async run(context, { channel }) {
		const { guild, user, member, t } = context;
		const place = channel ?? guild.channels.cache.get(context.channelId);
		// What is hidden from somebody is not there for him.
		if (!place?.permissionsFor(member).has(PermissionFlagsBits.ViewChannel)) throw refusal('moderation', 'nuke-no-channel');
		const { moderation, nuke } = container.services.moderation;
		const order = { type: 'nuke', guildId: guild.id, channelId: place.id, actorId: user.id };
		const recheck = async () => void performedOf(await moderation.judge(order));
		await recheck();
		const values = nukeValues(place.name, await nuke.plan(guild.id, place), t);
		if (!(await context.confirm({ question: 'moderation:nuke.sure', values, recheck }))) return;
		const performed = performedOf(await moderation.perform(order));
		// Where the command was given in the channel itself, the first message of the new one is the answer.
		if (isOutside(context, place) || 'left' in performed.case.details) await context.reply(performedView(performed, user, t));
	}
});

function isOutside({ channelId, channel }: CommandContext<'guild'>, { id }: GuildBasedChannel): boolean {
	return channelId !== id && !(channel?.isThread() && channel.parentId === id);
}
