import { container } from '@sapphire/pieces';
import { ChannelType, type GuildBasedChannel, GuildMember, PermissionFlagsBits } from 'discord.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import { channel, many, member, optional } from '#lib/commands/options/index.js';
import { BadArgument, type OptionKind } from '#lib/commands/options/option.js';
import { defineCommand } from '#lib/commands/pieces.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import { refusal } from '#lib/errors/refusal.js';
import { refusalText } from '#lib/errors/refusalText.js';
import { orderBy } from '#modules/moderation/answer.js';
import { type Dragged, draggedView } from '#modules/moderation/view/dragged.js';

const voiceChannel = channel(ChannelType.GuildVoice, ChannelType.GuildStageVoice);
const person = member();

/** A member, or the channel that they are taken to: by prefix it stands behind them. Who is called like a channel is himself. */
const memberOrChannel: OptionKind<GuildMember | GuildBasedChannel> = {
	...person,
	async parse(typed, context) {
		if (/^(?:<#\d+>|#.+)$/.test(typed)) return voiceChannel.parse(typed, context);
		try {
			return await person.parse(typed, context);
		} catch (error) {
			if (!(error instanceof BadArgument)) throw error;
			try {
				return await voiceChannel.parse(typed, context);
			} catch {
				throw error;
			}
		}
	}
};

export const Drag = defineCommand({
	id: 'moderation.drag',
	name: 'drag',
	permissions: { member: ['MoveMembers'], bot: ['MoveMembers'] },
	slash: 'mod voice drag',
	options: { members: many(memberOrChannel), channel: optional(voiceChannel) },
	async run(context, { members, channel: named }) {
		const people = members.filter((one) => one instanceof GuildMember);
		const to = named ?? members.find((one) => !(one instanceof GuildMember)) ?? context.member.voice.channel;
		if (to === null || to instanceof GuildMember) throw refusal('moderation', 'drag-where');
		if (people.length === 0) throw refusal('moderation', 'drag-whom');
		requireEntry(context, to);
		const dragged: Dragged[] = [];
		for (const one of people) dragged.push(await drag(context, one, to));
		await context.reply(draggedView(dragged, to.id, context.user, context.t));
	}
});

/** Nobody takes others where he may not go himself; Discord asks the same of the bot. */
function requireEntry({ guild, member: caller }: CommandContext<'guild'>, to: GuildBasedChannel): void {
	const needed = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect;
	if (!to.permissionsFor(caller).has(needed)) throw refusal('moderation', 'no-entry', { channel: to.name });
	if (!guild.members.me || !to.permissionsFor(guild.members.me).has(needed))
		throw refusal('moderation', 'no-entry-me', { channel: to.name });
}

async function drag(context: CommandContext<'guild'>, { id, user }: GuildMember, to: GuildBasedChannel): Promise<Dragged> {
	const { t } = context;
	try {
		const outcome = await container.services.moderation.moderation.perform(orderBy(context, 'drag', { id }, { details: { to: to.id } }));
		return { user: user.username, failure: outcome.ok ? null : refusalText(outcome, t, container.kit.languages) };
	} catch (error) {
		const sentence = discordSentence(error);
		if (sentence === null || sentence === 'silent') throw error;
		return { user: user.username, failure: t(`errors:discord.${sentence}`) };
	}
}
