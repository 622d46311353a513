import type {
	APIEmbed,
	AttachmentBuilder,
	AttachmentPayload,
	Client,
	EmbedBuilder,
	Guild,
	GuildMember,
	JSONEncodable,
	MessageMentionOptions,
	TextBasedChannel,
	User
} from 'discord.js';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { MessageKey } from '#generated/messages.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Where } from '../definition.js';
import type { Leaf } from '../leaf.js';

export type Flow = 'prefix' | 'slash' | 'menu';

/** What can be answered with. Nobody is pinged unless `allowedMentions` says who. */
export interface ReplyPayload {
	readonly content?: string;
	readonly embeds?: readonly (APIEmbed | EmbedBuilder | JSONEncodable<APIEmbed>)[];
	readonly components?: readonly (APIMessageTopLevelComponent | JSONEncodable<APIMessageTopLevelComponent>)[];
	readonly files?: readonly (AttachmentBuilder | AttachmentPayload)[];
	readonly allowedMentions?: MessageMentionOptions;
	/** Only the caller sees it, where Discord can do that (slash and menus). */
	readonly private?: boolean;
}

/** A message that was sent as an answer. */
export interface SentReply {
	readonly id: string;
	readonly channelId: string;
	edit(payload: ReplyPayload): Promise<void>;
	delete(): Promise<void>;
}

export interface ConfirmRequest {
	/** What will happen, and how many it will hit. */
	readonly question: MessageKey;
	readonly values?: Values;
	/** Looked at again when the button is pressed: throws a refusal when it may not happen any more. */
	readonly recheck?: () => Promise<void>;
}

export type Choices = readonly { readonly label: string; readonly value: string }[];

export interface ChooseRequest {
	readonly question: MessageKey;
	readonly values?: Values;
	/** At most 25. */
	readonly options: Choices;
}

export interface PagesRequest {
	readonly title: string;
	/** Shown ten to a page. */
	readonly lines: readonly string[];
	/** Puts a number before every line. */
	readonly numbered?: boolean;
}

/** The call of a command, by whatever way it came. What the original named EvictContext. */
export interface CommandContext<W extends Where = Where> {
	readonly leaf: Leaf;
	readonly flow: Flow;
	readonly client: Client<true>;
	readonly guild: W extends 'guild' ? Guild : W extends 'dm' ? null : Guild | null;
	readonly member: W extends 'guild' ? GuildMember : W extends 'dm' ? null : GuildMember | null;
	readonly user: User;
	/** The server, also one that only knows the commands and not the bot (a user's own install). */
	readonly guildId: string | null;
	readonly channelId: string;
	/** Null where the bot has no access of its own (a user's own install). */
	readonly channel: TextBasedChannel | null;
	/** The message that called, for a link back. */
	readonly messageId: string | null;
	/** The id of the call: what has a higher one, as the answer, came after it. */
	readonly callId: string;
	/** The prefix that was typed; `/` by slash. */
	readonly prefix: string;
	readonly locale: string;
	readonly t: Translate;

	reply(payload: ReplyPayload | string): Promise<SentReply>;
	/** Changes the last answer; answers when there is none yet. */
	edit(payload: ReplyPayload | string): Promise<SentReply>;
	/** Says that the answer takes a while. */
	defer(): Promise<void>;
	success(key: MessageKey, values?: Values): Promise<SentReply>;
	warning(key: MessageKey, values?: Values): Promise<SentReply>;
	error(key: MessageKey, values?: Values): Promise<SentReply>;
	neutral(key: MessageKey, values?: Values): Promise<SentReply>;
	/** Asks the caller, with buttons. True only for the one press that counts. */
	confirm(request: ConfirmRequest): Promise<boolean>;
	/** Lets the caller choose one of several things; answers its value. @throws a refusal when he does not in time */
	choose(request: ChooseRequest): Promise<string>;
	paginate(request: PagesRequest | { readonly embeds: readonly (APIEmbed | EmbedBuilder)[] }): Promise<void>;
}
