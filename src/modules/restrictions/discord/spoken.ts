import { type Message, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { channelOf } from '#lib/discord/channelOf.js';
import type { Spoken } from '../ports.js';

/** Kept when a message is said again: without previews, without a sound. */
const keptFlags = MessageFlags.SuppressEmbeds | MessageFlags.SuppressNotifications;

/** A member's message as plain data, with what the bot may do there. */
export function readSpoken(message: Message<true>): Spoken {
	const { id, guildId, channelId, author, member, content, attachments, flags, guild } = message;
	const channel = channelOf(message);
	const held = guild.members.me === null ? null : channel?.permissionsFor(guild.members.me);
	const may = (permission: bigint) => held?.has([PermissionFlagsBits.ViewChannel, permission]) ?? false;
	return {
		id,
		guildId,
		channelId,
		parentId: channel?.isThread() ? channel.parentId : null,
		authorId: author.id,
		name: member?.displayName ?? author.displayName,
		avatarUrl: (member ?? author).displayAvatarURL({ extension: 'png', size: 128 }),
		content,
		files: attachments.map(({ url, name, size }) => ({ url, name, size })),
		flags: flags.bitfield & keptFlags,
		may: { remove: may(PermissionFlagsBits.ManageMessages), speakAgain: may(PermissionFlagsBits.ManageWebhooks) }
	};
}
