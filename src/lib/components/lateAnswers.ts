import {
	BitField,
	type InteractionDeferReplyOptions,
	type InteractionEditReplyOptions,
	type InteractionReplyOptions,
	InteractionResponseType,
	type InteractionUpdateOptions,
	type Message,
	MessageFlags,
	type ModalComponentData
} from 'discord.js';
import { refusal } from '#lib/errors/refusal.js';
import type { ComponentInteraction } from './componentHandler.js';

/** Where the handler's own answer is once we deferred in its place. */
type Own =
	/** Nowhere, or where Discord's `@original` is. */
	| { readonly kind: 'original' }
	/** The handler deferred a reply: its message is sent with the first edit. */
	| { readonly kind: 'promised'; readonly isPrivate: boolean }
	| { readonly kind: 'message'; readonly id: string };

/** The methods of an interaction by which a handler answers, in a form that knows that we may have deferred before it did. */
export class LateAnswers {
	readonly #interaction: ComponentInteraction;
	readonly #discord: ReturnType<typeof methodsOf>;
	/** An answer of the handler is there or on its way: too late to defer, and no need. */
	#answering = false;
	/** Whether Discord took the deferral. */
	#deferral: Promise<boolean> | null = null;
	#own: Own = { kind: 'original' };

	public constructor(interaction: ComponentInteraction) {
		this.#interaction = interaction;
		this.#discord = methodsOf(interaction);
	}

	public async defer(): Promise<void> {
		if (this.#answering) return;
		// The message of a press stays as it is until the answer comes; a form that a command opened has none.
		const deferral = this.#hasMessage ? this.#discord.deferUpdate() : this.#discord.deferReply({ flags: MessageFlags.Ephemeral });
		// What went wrong with it, the answer itself meets too.
		this.#deferral = deferral.then(
			() => true,
			() => false
		);
		await this.#deferral;
	}

	public async settled(): Promise<void> {
		await this.#deferral;
	}

	public methods() {
		const discord = this.#discord;
		return {
			reply: async (options: InteractionReplyOptions | string) => ((await this.#isLate()) ? this.#reply(options) : discord.reply(options)),
			editReply: async (options: InteractionEditReplyOptions | string) =>
				(await this.#isLate()) ? this.#edit(options) : discord.editReply(options),
			followUp: async (options: InteractionReplyOptions | string) => {
				await this.#isLate();
				return discord.followUp(options);
			},
			deferReply: async (options: InteractionDeferReplyOptions = {}) => {
				if (!(await this.#isLate())) return discord.deferReply(options);
				this.#own = { kind: 'promised', isPrivate: isPrivate(options) };
				return undefined;
			},
			deferUpdate: async () => ((await this.#isLate()) ? undefined : discord.deferUpdate()),
			fetchReply: async (message = this.#ownMessage) => discord.fetchReply(message),
			deleteReply: async (message?: string) => ((await this.#isLate()) ? this.#delete(message) : discord.deleteReply(message)),
			...this.#methodsOfSome()
		};
	}

	/** Not every form lies on a message, and none opens another form. */
	#methodsOfSome() {
		const { editReply, update, showModal } = this.#discord;
		return {
			...(update && {
				update: async (options: InteractionUpdateOptions | string) => ((await this.#isLate()) ? editReply(options) : update(options))
			}),
			...(showModal && {
				showModal: async (form: ModalComponentData) => {
					// Discord opens a form as the first answer only.
					if (await this.#isLate()) throw refusal('components', 'too-slow');
					return showModal(form);
				}
			})
		};
	}

	get #hasMessage(): boolean {
		return !this.#interaction.isModalSubmit() || this.#interaction.isFromMessage();
	}

	get #ownMessage(): string | undefined {
		return this.#own.kind === 'message' ? this.#own.id : undefined;
	}

	/** Asked by every answer of the handler: from the first one on we do not defer any more. */
	async #isLate(): Promise<boolean> {
		this.#answering = true;
		return (await this.#deferral) === true;
	}

	async #reply(options: InteractionReplyOptions | string): Promise<unknown> {
		const { withResponse, ...payload } = typeof options === 'string' ? { content: options } : options;
		const message = await this.#send(payload);
		return withResponse === true ? { resource: { type: InteractionResponseType.ChannelMessageWithSource, message } } : message;
	}

	async #edit(options: InteractionEditReplyOptions | string): Promise<Message> {
		const own = this.#own;
		const payload: InteractionEditReplyOptions = typeof options === 'string' ? { content: options } : options;
		if (own.kind === 'original') return this.#discord.editReply(payload);
		if (own.kind === 'message') return this.#discord.editReply({ message: own.id, ...payload });
		const { message: _, attachments: __, threadId: ___, flags: ____, content, ...rest } = payload;
		const kept = editable(payload);
		return this.#send({ ...rest, ...(content != null && { content }), flags: own.isPrivate ? [...kept, MessageFlags.Ephemeral] : kept });
	}

	async #delete(message: string | undefined): Promise<void> {
		const own = this.#own;
		// What was promised and never sent is taken away by not sending it.
		if (message === undefined && own.kind === 'promised' && this.#hasMessage) return;
		await this.#discord.deleteReply(message ?? this.#ownMessage);
	}

	/** A reply of the handler's own, beside the message that was pressed. */
	async #send(payload: InteractionReplyOptions): Promise<Message> {
		const sent = await this.#deliver(payload);
		this.#own = { kind: 'message', id: sent.id };
		return sent;
	}

	async #deliver(payload: InteractionReplyOptions): Promise<Message> {
		// Only a form without a message shows that somebody thinks, for its person alone: a private answer takes that place.
		if (this.#hasMessage || this.#own.kind === 'message') return this.#discord.followUp(payload);
		if (isPrivate(payload)) {
			const { flags: _, tts: __, ...rest } = payload;
			return this.#discord.editReply({ ...rest, flags: editable(payload) });
		}
		await this.#discord.deleteReply();
		return this.#discord.followUp(payload);
	}
}

type Flagged =
	| Pick<InteractionReplyOptions, 'flags'>
	| Pick<InteractionDeferReplyOptions, 'flags'>
	| Pick<InteractionEditReplyOptions, 'flags'>;

function has({ flags }: Flagged, flag: MessageFlags): boolean {
	return flags !== undefined && (Number(BitField.resolve(flags)) & flag) !== 0;
}

function isPrivate(options: InteractionReplyOptions | InteractionDeferReplyOptions): boolean {
	return options.ephemeral === true || has(options, MessageFlags.Ephemeral);
}

/** Of the flags of a message those that an edit may set too. */
function editable(options: Flagged) {
	return ([MessageFlags.SuppressEmbeds, MessageFlags.IsComponentsV2] as const).filter((flag) => has(options, flag));
}

/** Discord's own methods, from before they are covered. */
function methodsOf(interaction: ComponentInteraction) {
	return {
		reply: interaction.reply.bind(interaction),
		editReply: interaction.editReply.bind(interaction),
		followUp: interaction.followUp.bind(interaction),
		deferReply: interaction.deferReply.bind(interaction),
		deferUpdate: interaction.deferUpdate.bind(interaction),
		deleteReply: interaction.deleteReply.bind(interaction),
		fetchReply: interaction.fetchReply.bind(interaction),
		update: interaction.isMessageComponent() || interaction.isFromMessage() ? interaction.update.bind(interaction) : null,
		showModal: interaction.isMessageComponent() ? interaction.showModal.bind(interaction) : null
	};
}
