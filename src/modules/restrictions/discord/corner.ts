import { type GuildBasedChannel, PermissionFlagsBits, PermissionsBitField, type PermissionsString } from 'discord.js';

const needed = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.Connect, PermissionFlagsBits.MoveMembers];

/** What the bot lacks in a voice channel to bring people there. */
export async function missingInCorner(channel: GuildBasedChannel): Promise<readonly PermissionsString[]> {
	const held = channel.permissionsFor(await channel.guild.members.fetchMe());
	return new PermissionsBitField(held).missing(needed);
}
