import type { BaseMessageOptions, Guild, GuildMember, Message } from 'discord.js';
import { answerTo } from '#lib/discord/answer.js';
import { channelOf } from '#lib/discord/channelOf.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Leaf } from '../leaf.js';
import { BaseContext } from './baseContext.js';
import type { ReplyPayload, SentReply } from './commandContext.js';
import { toMessageOptions } from './payload.js';

interface MessageCall {
	readonly leaf: Leaf;
	readonly message: Message;
	/** Null outside of servers. */
	readonly member: GuildMember | null;
	readonly prefix: string;
	readonly locale: string;
	readonly t: Translate;
}

/** A call by prefix: answers are replies that ping nobody. */
export class MessageContext extends BaseContext {
	public readonly leaf: Leaf;
	public readonly flow = 'prefix';
	/** As it was at the call: the bot may be put out of it meanwhile. */
	public readonly guild: Guild | null;
	public readonly member: GuildMember | null;
	public readonly prefix: string;
	public readonly locale: string;
	public readonly t: Translate;
	readonly #message: Message;
	#answered = false;

	public constructor({ leaf, message, member, prefix, locale, t }: MessageCall) {
		super();
		this.leaf = leaf;
		this.guild = message.guild;
		this.member = member;
		this.prefix = prefix;
		this.locale = locale;
		this.t = t;
		this.#message = message;
	}

	public get client() {
		return this.#message.client;
	}

	public get user() {
		return this.#message.author;
	}

	public get channel() {
		return channelOf(this.#message);
	}

	public get guildId() {
		return this.#message.guildId;
	}

	public get channelId() {
		return this.#message.channelId;
	}

	public get messageId() {
		return this.#message.id;
	}

	public get callId() {
		return this.#message.id;
	}

	public async defer(): Promise<void> {
		const { channel } = this;
		if (channel?.isSendable()) await channel.sendTyping();
	}

	protected async send(payload: ReplyPayload): Promise<SentReply> {
		const options = toMessageOptions(payload);
		const sent = await this.#deliver(options);
		this.#answered = true;
		return {
			id: sent.id,
			channelId: sent.channelId,
			edit: async (changed) => void (await sent.edit(toMessageOptions(changed))),
			delete: async () => void (await sent.delete())
		};
	}

	#deliver(options: BaseMessageOptions): Promise<Message> {
		const { channel } = this;
		if (this.#answered && channel?.isSendable()) return channel.send(options);
		return answerTo(this.#message, options);
	}
}
