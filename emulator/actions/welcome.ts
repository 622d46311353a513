import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Member, User } from '../state/types.js';
import type { Draft } from './draft.js';
import { createMessage, type Origin } from './messages.js';

/** Bits of a guild's system_channel_flags: what is *not* said there. */
const SUPPRESS_JOINS = 1;
const SUPPRESS_BOOSTS = 2;

/** Discord's own "somebody joined" in the system channel. */
export function announceJoin(discord: Discord, guild: Guild, member: Member): void {
	if ((guild.systemChannelFlags & SUPPRESS_JOINS) === 0) announce(discord, guild, member.user, 7);
}

/** Discord's own "somebody boosted" in the system channel. */
export function announceBoost(discord: Discord, guild: Guild, member: Member): void {
	if ((guild.systemChannelFlags & SUPPRESS_BOOSTS) === 0) announce(discord, guild, member.user, 8);
}

function announce(discord: Discord, guild: Guild, user: User, type: number): void {
	const channel = guild.channels.get(guild.systemChannelId ?? '');
	if (channel !== undefined) systemMessage(discord, channel, user, { type });
}

/** A message that Discord itself writes in somebody's name: joins, boosts, pins, new threads. */
export function systemMessage(discord: Discord, channel: Channel, user: User, origin: Origin, content = ''): void {
	const draft: Draft = {
		content,
		embeds: [],
		components: [],
		attachments: [],
		flags: 0,
		tts: false,
		nonce: null,
		enforceNonce: false,
		reference: undefined,
		allowedMentions: { parse: [] },
		stickerIds: [],
		poll: undefined
	};
	createMessage(discord, channel, user, draft, { embedLinks: true, mentionEveryone: false }, origin);
}
