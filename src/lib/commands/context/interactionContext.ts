import {
	type APIModalInteractionResponseCallbackData,
	type ChatInputCommandInteraction,
	type ContextMenuCommandInteraction,
	type Guild,
	GuildMember,
	MessageFlags
} from 'discord.js';
import { defersAfterMs } from '#lib/discord/limits.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Leaf } from '../leaf.js';
import { BaseContext } from './baseContext.js';
import type { ReplyPayload, SentReply } from './commandContext.js';
import { toMessageOptions } from './payload.js';

interface InteractionCall {
	readonly leaf: Leaf;
	readonly interaction: ChatInputCommandInteraction | ContextMenuCommandInteraction;
	readonly flow: 'slash' | 'menu';
	readonly locale: string;
	readonly t: Translate;
}

/** A call by slash or menu. The first answer settles the interaction, later ones follow up. */
export class InteractionContext extends BaseContext {
	public readonly leaf: Leaf;
	public readonly flow: 'slash' | 'menu';
	/** As it was at the call: the bot may be put out of it meanwhile. */
	public readonly guild: Guild | null;
	public readonly prefix = '/';
	public readonly locale: string;
	public readonly t: Translate;
	public readonly messageId = null;
	readonly #interaction: InteractionCall['interaction'];
	/** An answer is there. */
	#answered = false;
	/** An answer is there or on its way: too late to defer. */
	#answering = false;
	#deferral: Promise<void> | null = null;

	public constructor({ leaf, interaction, flow, locale, t }: InteractionCall) {
		super();
		this.leaf = leaf;
		this.flow = flow;
		this.guild = interaction.guild;
		this.locale = locale;
		this.t = t;
		this.#interaction = interaction;
	}

	public get client() {
		return this.#interaction.client;
	}

	public get member() {
		return this.#interaction.member instanceof GuildMember ? this.#interaction.member : null;
	}

	public get user() {
		return this.#interaction.user;
	}

	public get channel() {
		return this.#interaction.channel;
	}

	public get guildId() {
		return this.#interaction.guildId;
	}

	public get channelId() {
		return this.#interaction.channelId;
	}

	public get callId() {
		return this.#interaction.id;
	}

	public async defer(): Promise<void> {
		if (this.#answering) return;
		this.#deferral ??= this.#interaction
			.deferReply(this.leaf.answer === 'private' ? { flags: MessageFlags.Ephemeral } : {})
			.then(() => undefined);
		await this.#deferral;
	}

	/** Does `work`, and defers by itself when that takes long. */
	public async deferringWhenSlow(work: () => Promise<unknown>): Promise<void> {
		// What went wrong with it, the answer itself meets too.
		const timer = setTimeout(() => void this.defer().catch(() => undefined), defersAfterMs);
		try {
			await work();
		} finally {
			clearTimeout(timer);
			// Whoever shows the error must see whether it is deferred.
			await this.#deferral?.catch(() => undefined);
		}
	}

	public async showForm(form: APIModalInteractionResponseCallbackData): Promise<void> {
		this.#answering = true;
		await this.#interaction.showModal(form);
		this.#answered = true;
	}

	protected async send(payload: ReplyPayload): Promise<SentReply> {
		const isPrivate = payload.private ?? this.leaf.answer === 'private';
		const options = { ...toMessageOptions(payload), ...(isPrivate && { flags: MessageFlags.Ephemeral as const }) };
		const message = await this.#deliver(options, isPrivate);
		this.#answered = true;
		return {
			id: message.id,
			channelId: this.#interaction.channelId,
			edit: async (changed) => void (await this.#interaction.editReply({ ...toMessageOptions(changed), message: message.id })),
			delete: async () => this.#interaction.deleteReply(message.id)
		};
	}

	async #deliver(
		options: ReturnType<typeof toMessageOptions> & { flags?: MessageFlags.Ephemeral },
		isPrivate: boolean
	): Promise<{ readonly id: string }> {
		const interaction = this.#interaction;
		this.#answering = true;
		await this.#deferral;
		if (this.#answered) return interaction.followUp(options);
		if (!interaction.deferred) {
			const { resource } = await interaction.reply({ ...options, withResponse: true });
			return { id: resource?.message?.id ?? '@original' };
		}
		if (isPrivate && this.leaf.answer === 'public') {
			// Discord keeps what the deferral said, and puts the first follow-up in its place: only once that is gone is it private.
			await interaction.deleteReply();
			return interaction.followUp(options);
		}
		const { flags: _, ...rest } = options;
		return interaction.editReply(rest);
	}
}
