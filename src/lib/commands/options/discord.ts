import { type EmojiObject, Resolvers } from '@sapphire/framework';
import {
	ApplicationCommandOptionType,
	type Attachment,
	type ChannelType,
	type GuildBasedChannel,
	GuildMember,
	type Role,
	SnowflakeUtil,
	type User
} from 'discord.js';
import { isSnowflake } from '#lib/core/snowflake.js';
import { findChannel } from '#lib/discord/findChannel.js';
import { type MessageLink, parseMessageLink } from '#lib/discord/messageLink.js';
import { pickByName, pickMember, userById } from './members.js';
import { BadArgument, type OptionKind } from './option.js';
import { pickRole } from './roles.js';

export function user(): OptionKind<User> {
	return {
		label: 'user',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.User },
		async parse(typed, context) {
			return (await userById(typed, context)) ?? (await pickByName(typed, context))?.user ?? fail('user-not-found', typed);
		},
		resolved: (option) => option.user ?? fail('user-not-found', option.name)
	};
}

export function member(): OptionKind<GuildMember> {
	return {
		label: 'member',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.User },
		parse: async (typed, context) => (await pickMember(typed, context)) ?? fail('member-not-found', typed),
		resolved: (option) =>
			option.member instanceof GuildMember ? option.member : fail('not-a-member', option.user?.username ?? option.name)
	};
}

export function role(): OptionKind<Role> {
	return {
		label: 'role',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.Role },
		parse: async (typed, context) => (await pickRole(typed, context)) ?? fail('role-not-found', typed),
		isOneValue(words, { guild }) {
			const name = words.toLowerCase();
			return guild?.roles.cache.some((one) => one.name.toLowerCase() === name) ?? false;
		},
		resolved: (option, { guild }) => guild?.roles.cache.get(option.role?.id ?? '') ?? fail('role-not-found', option.name)
	};
}

/** A channel of this server, of the given types. */
export function channel<const T extends ChannelType>(...types: readonly T[]): OptionKind<GuildBasedChannel> {
	const fits = (found: GuildBasedChannel) => types.length === 0 || types.some((type) => type === found.type);
	return {
		label: 'channel',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.Channel, ...(types.length > 0 && { channel_types: [...types] as never }) },
		parse(typed, { guild }) {
			const found = guild === null ? undefined : findChannel(typed, guild, fits);
			if (found === undefined) return fail('channel-not-found', typed);
			return fits(found) ? found : fail('wrong-channel-type', found.name);
		},
		resolved(option, { guild }) {
			const found = guild?.channels.cache.get(option.channel?.id ?? '');
			return found !== undefined && fits(found) ? found : fail('channel-not-found', option.name);
		}
	};
}

export function snowflake(): OptionKind<string> {
	return {
		label: 'snowflake',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 17, max_length: 25 },
		parse(typed, { now }) {
			const id = typed.replaceAll(/[<@!#&>]/g, '');
			return isSnowflake(id) && SnowflakeUtil.timestampFrom(id) <= now + 86_400_000 ? id : fail('not-snowflake', typed);
		}
	};
}

/** A link to a message, or the id of one in this channel. What it points at is still to be looked up, by the rights of the caller. */
export function messageLink(): OptionKind<MessageLink> {
	return {
		label: 'messageLink',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 17, max_length: 150 },
		parse(typed, { guild, channelId }) {
			if (isSnowflake(typed)) return { guildId: guild?.id ?? null, channelId, messageId: typed };
			return parseMessageLink(typed) ?? fail('not-message-link', typed);
		}
	};
}

/** An emoji of Discord or of a server. */
export function emoji(): OptionKind<EmojiObject> {
	return {
		label: 'emoji',
		takes: 'word',
		slash: { type: ApplicationCommandOptionType.String, min_length: 1, max_length: 64 },
		parse: (typed) => Resolvers.resolveEmoji(typed).unwrapOrElse(() => fail('not-emoji', typed))
	};
}

/** A file: by slash an option, by prefix the next file of the message. */
export function attachment(): OptionKind<Attachment> {
	return {
		label: 'attachment',
		takes: 'attachment',
		slash: { type: ApplicationCommandOptionType.Attachment },
		parse: () => fail('no-attachment', ''),
		resolved: (option) => option.attachment ?? fail('no-attachment', option.name),
		attached: (file) => file
	};
}

function fail(code: string, given: string): never {
	throw new BadArgument(code, { given });
}
