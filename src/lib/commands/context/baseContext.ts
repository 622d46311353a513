import type { Client, Guild, GuildMember, TextBasedChannel, User } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import { askToChoose } from '#lib/components/choose/choose.js';
import { askToConfirm } from '#lib/components/confirm/confirm.js';
import { sendPages } from '#lib/components/pager/pager.js';
import { notice, type Tone } from '#lib/discord/theme.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Leaf } from '../leaf.js';
import type { ChooseRequest, CommandContext, ConfirmRequest, Flow, PagesRequest, ReplyPayload, SentReply } from './commandContext.js';

/** What every flow has in common: the tones, the language, the last answer. */
export abstract class BaseContext implements CommandContext {
	public abstract readonly leaf: Leaf;
	public abstract readonly flow: Flow;
	public abstract readonly client: Client<true>;
	public abstract readonly guild: Guild | null;
	public abstract readonly member: GuildMember | null;
	public abstract readonly user: User;
	public abstract readonly guildId: string | null;
	public abstract readonly channelId: string;
	public abstract readonly channel: TextBasedChannel | null;
	public abstract readonly messageId: string | null;
	public abstract readonly callId: string;
	public abstract readonly prefix: string;
	public abstract readonly locale: string;
	public abstract readonly t: Translate;

	#last: SentReply | null = null;

	public abstract defer(): Promise<void>;
	protected abstract send(payload: ReplyPayload): Promise<SentReply>;

	public async reply(payload: ReplyPayload | string): Promise<SentReply> {
		this.#last = await this.send(typeof payload === 'string' ? { content: payload } : payload);
		return this.#last;
	}

	public async edit(payload: ReplyPayload | string): Promise<SentReply> {
		if (this.#last === null) return this.reply(payload);
		await this.#last.edit(typeof payload === 'string' ? { content: payload } : payload);
		return this.#last;
	}

	public success(key: MessageKey, values?: Values): Promise<SentReply> {
		return this.#say('success', key, values);
	}

	public warning(key: MessageKey, values?: Values): Promise<SentReply> {
		return this.#say('warning', key, values);
	}

	public error(key: MessageKey, values?: Values): Promise<SentReply> {
		return this.#say('error', key, values);
	}

	public neutral(key: MessageKey, values?: Values): Promise<SentReply> {
		return this.#say('neutral', key, values);
	}

	public confirm(request: ConfirmRequest): Promise<boolean> {
		return askToConfirm(this, request);
	}

	public choose(request: ChooseRequest): Promise<string> {
		return askToChoose(this, request);
	}

	public paginate(
		request: PagesRequest | { readonly embeds: readonly (import('discord.js').APIEmbed | import('discord.js').EmbedBuilder)[] }
	): Promise<void> {
		return sendPages(this, request);
	}

	#say(tone: Tone, key: MessageKey, values?: Values): Promise<SentReply> {
		return this.reply({
			embeds: [notice(tone, this.t(key, values), this.user)],
			private: tone === 'error' || this.leaf.answer === 'private'
		});
	}
}
