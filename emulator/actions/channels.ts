import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { channelView } from '../views/channel.js';
import { leaveVoice } from './voice.js';

/** Tells the guild that a channel came, changed or went. Bots hear of hidden channels too. */
export function tellChannel(
	discord: Discord,
	guild: Guild,
	channel: Channel,
	type: 'CHANNEL_CREATE' | 'CHANNEL_UPDATE' | 'CHANNEL_DELETE'
): void {
	guild.revision++;
	discord.dispatcher.guild(guild, type, channelView(discord.world, channel));
}

/** Takes a channel away, with its threads, webhooks, invites and the people in it. A category leaves its channels behind. */
export function removeChannel(discord: Discord, guild: Guild, channel: Channel): void {
	const { world } = discord;
	for (const thread of [...guild.threads.values()]) if (thread.parentId === channel.id) removeThread(discord, guild, thread);
	for (const [id, webhook] of world.webhooks) if (webhook.channelId === channel.id) world.webhooks.delete(id);
	for (const [code, invite] of world.invites) if (invite.channelId === channel.id) world.invites.delete(code);
	for (const state of [...guild.voiceStates.values()]) if (state.channel_id === channel.id) leaveVoice(discord, guild, state.user_id);
	for (const child of guild.channels.values()) {
		if (child.parentId !== channel.id) continue;
		child.parentId = null;
		tellChannel(discord, guild, child, 'CHANNEL_UPDATE');
	}
	const stage = guild.stageInstances.get(channel.id);
	guild.stageInstances.delete(channel.id);
	if (stage !== undefined) discord.dispatcher.channel(channel, 'STAGE_INSTANCE_DELETE', stage);
	guild.channels.delete(channel.id);
	world.channels.delete(channel.id);
	tellChannel(discord, guild, channel, 'CHANNEL_DELETE');
	if (guild.systemChannelId === channel.id) guild.systemChannelId = null;
	if (guild.afkChannelId === channel.id) guild.afkChannelId = null;
	if (guild.widgetChannelId === channel.id) guild.widgetChannelId = null;
}

/** Takes a thread away and tells those who saw it. */
export function removeThread(discord: Discord, guild: Guild, thread: Channel): void {
	const { id, type, parentId } = thread;
	discord.dispatcher.channel(thread, 'THREAD_DELETE', { id, type, guild_id: guild.id, parent_id: parentId });
	guild.threads.delete(id);
	discord.world.channels.delete(id);
}
