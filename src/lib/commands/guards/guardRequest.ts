import type { BaseInteraction, GuildBasedChannel, GuildMember, Message } from 'discord.js';
import { channelOf } from '#lib/discord/channelOf.js';
import { authorOf } from '../author.js';
import type { Flow } from '../context/commandContext.js';
import type { Leaf } from '../leaf.js';

/** A call as the guards see it: plain data, the same for every flow. */
export interface GuardRequest {
	readonly leaf: Leaf;
	readonly flow: Flow;
	readonly userId: string;
	readonly guildId: string | null;
	readonly guildOwnerId: string | null;
	readonly channelId: string;
	/** Of a thread, the channel in which it is. */
	readonly parentChannelId: string | null;
	readonly roleIds: readonly string[];
	/** In this channel, as a bit field; 0 in a direct message. */
	readonly memberPermissions: bigint;
	/** What the bot holds in this channel; all bits in a direct message. */
	readonly botPermissions: bigint;
}

const ALL_PERMISSIONS = -1n;

export async function requestOfMessage(message: Message, leaf: Leaf): Promise<GuardRequest> {
	const base = { leaf, flow: 'prefix', userId: message.author.id, channelId: message.channelId } as const;
	if (!message.inGuild()) return { ...base, ...outsideGuild };
	const { guild } = message;
	const [member, bot] = await Promise.all([authorOf(message), guild.members.fetchMe()]);
	const channel = channelOf(message);
	return {
		...base,
		guildId: guild.id,
		guildOwnerId: guild.ownerId,
		parentChannelId: channel?.isThread() ? channel.parentId : null,
		roleIds: rolesOf(member),
		// Of a channel that is gone, what counts in the whole server is left.
		memberPermissions: (channel?.permissionsFor(member) ?? member.permissions).bitfield,
		botPermissions: (channel?.permissionsFor(bot) ?? bot.permissions).bitfield
	};
}

/** Discord sends both permission sets with an interaction, worked out for its channel. */
export function requestOfInteraction(interaction: BaseInteraction, leaf: Leaf, flow: Flow): GuardRequest {
	const base = { leaf, flow, userId: interaction.user.id, channelId: interaction.channelId ?? '' };
	if (!interaction.inGuild()) return { ...base, ...outsideGuild };
	const roles = interaction.inCachedGuild() ? rolesOf(interaction.member) : interaction.member.roles;
	return {
		...base,
		guildId: interaction.guildId,
		guildOwnerId: interaction.guild?.ownerId ?? null,
		parentChannelId: interaction.channel?.isThread() ? interaction.channel.parentId : null,
		roleIds: Array.isArray(roles) ? roles : [],
		memberPermissions: interaction.memberPermissions.bitfield,
		botPermissions: interaction.appPermissions.bitfield
	};
}

/** A call where it is made: rights that count in another channel are not asked for here. */
export function whereCalled(request: GuardRequest): GuardRequest {
	const { leaf } = request;
	if (!leaf.permissions.elsewhere) return request;
	return { ...request, leaf: { ...leaf, permissions: { ...leaf.permissions, member: [], bot: [] } } };
}

/** The request as it would be if this member called `leaf` in this channel, for `diagnose`. */
export async function requestOfMember(leaf: Leaf, member: GuildMember, channel: GuildBasedChannel | null): Promise<GuardRequest> {
	const { guild } = member;
	const bot = await guild.members.fetchMe();
	return {
		leaf,
		flow: 'prefix',
		userId: member.id,
		channelId: channel?.id ?? guild.id,
		parentChannelId: channel?.isThread() ? channel.parentId : null,
		guildId: guild.id,
		guildOwnerId: guild.ownerId,
		roleIds: rolesOf(member),
		memberPermissions: (channel?.permissionsFor(member) ?? member.permissions).bitfield,
		botPermissions: (channel?.permissionsFor(bot) ?? bot.permissions).bitfield
	};
}

const outsideGuild = {
	guildId: null,
	guildOwnerId: null,
	parentChannelId: null,
	roleIds: [],
	memberPermissions: 0n,
	botPermissions: ALL_PERMISSIONS
} as const;

function rolesOf(member: GuildMember): readonly string[] {
	return [...member.roles.cache.keys()];
}
