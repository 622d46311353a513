import type { Client } from './client.js';

export interface Choice {
	name: string;
	value: string | number;
}

/** A form that the bot put on the screen. */
export interface ShownModal {
	id: string;
	channel_id: string;
	custom_id: string;
	title: string;
	components: unknown[];
}

/** A command or a press that the bot has not answered yet. */
export interface Pending {
	nonce: string;
	channelId: string;
	/** `/remind me`, for a command. */
	words: string | null;
	messageId: string | null;
	customId: string | null;
}

interface Start {
	type: number;
	channelId: string;
	data: object;
	words?: string;
	messageId?: string;
	messageFlags?: number;
	customId?: string;
	files?: readonly File[];
}

/** What this person uses, and what comes back of it. */
export class Interactions {
	pending: Pending[] = [];
	modal: ShownModal | null = null;
	/** Messages on which something failed, with the sentence that is shown. */
	readonly failed = new Map<string, string>();
	readonly #choices = new Map<string, (choices: Choice[]) => void>();

	constructor(private readonly client: Client) {}

	/** Sends an interaction as Discord's clients do. Answers whether it was taken. */
	async start(start: Start): Promise<boolean> {
		const nonce = newNonce();
		const { channelId, words = null, messageId = null, customId = null } = start;
		this.pending = [...this.pending, { nonce, channelId, words, messageId, customId }];
		if (messageId !== null) this.failed.delete(messageId);
		this.client.changed();
		const taken = await this.client.try(() => this.#post(nonce, start));
		if (!taken) this.#end(nonce);
		return taken;
	}

	/** What the bot offers for the option that is being typed. Nothing when it does not answer in three seconds. */
	async autocomplete(channelId: string, data: object): Promise<Choice[]> {
		const nonce = newNonce();
		const answer = new Promise<Choice[]>((resolve) => {
			this.#choices.set(nonce, resolve);
			setTimeout(() => resolve([]), 3_000);
		});
		try {
			await this.#post(nonce, { type: 4, channelId, data });
			return await answer;
		} catch {
			return [];
		} finally {
			this.#choices.delete(nonce);
		}
	}

	isPending(messageId: string, customId: string): boolean {
		return this.pending.some((pending) => pending.messageId === messageId && pending.customId === customId);
	}

	succeeded(data: Record<string, unknown>): void {
		this.#end(String(data['nonce']));
	}

	failure(data: Record<string, unknown>): void {
		const pending = this.#end(String(data['nonce']));
		if (pending === null) return;
		if (pending.messageId !== null) this.failed.set(pending.messageId, 'This interaction failed.');
		else this.client.notice(`${pending.words ?? 'The form'}: the application did not respond.`, pending.channelId);
	}

	offered(data: Record<string, unknown>): void {
		this.#choices.get(String(data['nonce']))?.(data['choices'] as Choice[]);
	}

	show(modal: ShownModal | null): void {
		this.modal = modal;
		this.client.changed();
	}

	async #post(nonce: string, { type, channelId, data, messageId, messageFlags, files }: Start): Promise<void> {
		const { client } = this;
		const guildId = client.findChannel(channelId)?.guildId ?? null;
		await client.rest.post(
			'/interactions',
			{
				type,
				application_id: client.town.applicationId,
				channel_id: channelId,
				session_id: client.gateway.sessionId,
				nonce,
				...(guildId === null ? {} : { guild_id: guildId }),
				...(messageId === undefined ? {} : { message_id: messageId, message_flags: messageFlags ?? 0 }),
				data
			},
			files
		);
	}

	#end(nonce: string): Pending | null {
		const pending = this.pending.find((candidate) => candidate.nonce === nonce) ?? null;
		this.pending = this.pending.filter((candidate) => candidate.nonce !== nonce);
		this.client.changed();
		return pending;
	}
}

/** At most 25 characters. `crypto.randomUUID` is only there on secure pages. */
function newNonce(): string {
	return `${Date.now()}${Math.floor(Math.random() * 1e9)}`.slice(0, 24);
}
