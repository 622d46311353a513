import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import { refuse } from '../rest/errors.js';
import { Channel, ChannelType } from '../state/channel.js';
import type { Account, Snowflake } from '../state/types.js';
import { channelView } from '../views/channel.js';

/** The direct message channel of two people, made when they have none. */
export function openDm(discord: Discord, one: Snowflake, other: Snowflake): Channel {
	const { world } = discord;
	const key = [one, other].sort().join(':');
	const known = world.channels.get(world.dms.get(key) ?? '');
	if (known !== undefined) return known;
	const channel = new Channel(world.ids.next(), ChannelType.Dm, null);
	channel.recipients = [one, other];
	world.dms.set(key, channel.id);
	world.channels.set(channel.id, channel);
	for (const id of channel.recipients) {
		// Bots are not told of direct messages that are merely opened.
		if (world.accountsByUser.get(id)?.kind === 'user') {
			discord.dispatcher.user(id, 'CHANNEL_CREATE', channelView(world, channel, id));
		}
	}
	return channel;
}

/** Refuses (50007) a direct message to somebody who does not take it, or shares no server with the bot. */
export function requireDmAllowed(discord: Discord, author: Account, channel: Channel): void {
	const otherId = channel.recipients.find((id) => id !== author.user.id);
	const other = discord.world.accountsByUser.get(otherId ?? '');
	if (other?.blocked.has(author.user.id) || author.blocked.has(otherId ?? '')) throw refuse(50007);
	if (author.kind === 'user') {
		if (areDmsPaused(discord, author.user.id, otherId ?? '')) throw refuse(50007);
		return;
	}
	if (other?.kind === 'bot' || other?.acceptsDms === false) throw refuse(50007);
	const application = discord.world.applications.get(author.applicationId ?? '');
	if (application?.userInstalls.has(otherId ?? '')) return;
	for (const guild of discord.world.guilds.values()) {
		if (guild.members.has(author.user.id) && guild.members.has(otherId ?? '')) return;
	}
	throw refuse(50278);
}

/** True where two people know each other from servers alone whose direct messages are paused. https://discord.com/developers/docs/resources/guild#incidents-data-object */
function areDmsPaused(discord: Discord, one: Snowflake, other: Snowflake): boolean {
	const shared = [...discord.world.guilds.values()].filter(({ members }) => members.has(one) && members.has(other));
	const now = discord.world.clock.now();
	return shared.length > 0 && shared.every(({ incidents }) => Date.parse(String(incidents?.['dms_disabled_until'] ?? '')) > now);
}

/** What everybody may do in a direct message. */
export const DM_PERMISSIONS =
	PermissionFlagsBits.ViewChannel |
	PermissionFlagsBits.SendMessages |
	PermissionFlagsBits.EmbedLinks |
	PermissionFlagsBits.AttachFiles |
	PermissionFlagsBits.ReadMessageHistory |
	PermissionFlagsBits.AddReactions |
	PermissionFlagsBits.UseExternalEmojis |
	PermissionFlagsBits.UseExternalStickers |
	PermissionFlagsBits.MentionEveryone |
	PermissionFlagsBits.SendVoiceMessages |
	PermissionFlagsBits.SendPolls;
