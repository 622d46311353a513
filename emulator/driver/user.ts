import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../state/types.js';
import { Api, asObject, asObjects, type UploadFile } from './api.js';
import { buildCommand, ClientRefusal, type OptionValue } from './commandInput.js';
import { Inbox, type MessagePredicate, predicateOf } from './inbox.js';
import { awaitOutcome } from './interactionWait.js';
import { findComponent, readMessage, type SeenMessage } from './messages.js';
import { fillModal, type ModalFields } from './modalInput.js';
import type { Choice, Outcome, ShownModal } from './outcome.js';
import { UserGateway } from './userGateway.js';

export type ChannelRef = string | { id: string };
export type UserRef = string | { id: string };

export interface UserOptions {
	api: string;
	gateway: string;
	applicationId: string;
	id: string;
	name: string;
	token: string;
	/** How long expectations wait, in milliseconds of the machine's time. */
	patience: number;
	/** Moves the clock of the whole Discord. */
	passTime: (ms: number) => Promise<void>;
}

const LINK_BUTTON = 5;

/** A person with a client: does what a person can do, and sees what he would see. */
export class UserDriver {
	readonly id: string;
	readonly name: string;
	/** For requests that have no sugar. */
	readonly api: Api;
	readonly gateway: UserGateway;
	readonly #inbox: Inbox;
	readonly #options: UserOptions;
	#connected: Promise<void> | null = null;

	constructor(options: UserOptions) {
		this.#options = options;
		this.id = options.id;
		this.name = options.name;
		this.api = new Api(`${options.api}/v10`, options.token);
		this.gateway = new UserGateway(options.gateway, options.token);
		this.#inbox = new Inbox(this.gateway);
	}

	/** `<@id>` */
	get mention(): string {
		return `<@${this.id}>`;
	}

	/** Opens the client; every method does it by itself. What is said before it is not seen by expectations. */
	connect(): Promise<void> {
		this.#connected ??= this.gateway.connect();
		return this.#connected;
	}

	/** Lets time go by: the clock of the whole Discord moves. */
	async waits(seconds: number): Promise<void> {
		await this.#options.passTime(seconds * 1000);
	}

	disconnect(): void {
		this.gateway.close();
		this.#connected = null;
	}

	/** Says something. Expectations of this channel then look at what comes after it. */
	async send(channel: ChannelRef, text: string | JsonObject, files: UploadFile[] = []): Promise<SeenMessage> {
		await this.connect();
		this.#inbox.markRead(idOf(channel));
		const body = typeof text === 'string' ? { content: text } : text;
		return readMessage(asObject(await this.api.post(`/channels/${idOf(channel)}/messages`, body, files)));
	}

	/** Answers a message. */
	reply(message: SeenMessage, text: string): Promise<SeenMessage> {
		return this.send(message.channelId, { content: text, message_reference: { message_id: message.id } });
	}

	async edit(message: SeenMessage, text: string): Promise<SeenMessage> {
		await this.connect();
		this.#inbox.markRead(message.channelId);
		return readMessage(asObject(await this.api.patch(`/channels/${message.channelId}/messages/${message.id}`, { content: text })));
	}

	async remove(message: SeenMessage): Promise<void> {
		await this.api.delete(`/channels/${message.channelId}/messages/${message.id}`);
	}

	/** Adds a reaction: a plain emoji, or `name:id`. */
	async react(message: SeenMessage, emoji: string): Promise<void> {
		await this.api.put(`/channels/${message.channelId}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}/@me`);
	}

	async unreact(message: SeenMessage, emoji: string): Promise<void> {
		await this.api.delete(`/channels/${message.channelId}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}/@me`);
	}

	async type(channel: ChannelRef): Promise<void> {
		await this.api.post(`/channels/${idOf(channel)}/typing`);
	}

	/** The direct message channel with somebody. */
	async dm(user: UserRef): Promise<{ id: string }> {
		const channel = asObject(await this.api.post('/users/@me/channels', { recipients: [idOf(user)] }));
		return { id: String(channel['id']) };
	}

	async joinVoice(channel: { id: string; guildId: string }): Promise<void> {
		await this.#voice(channel.guildId, channel.id);
	}

	async leaveVoice(guildId: string): Promise<void> {
		await this.#voice(guildId, null);
	}

	/** Joins a server by an invite. */
	async join(code: string): Promise<JsonObject> {
		return asObject(await this.api.post(`/invites/${code}`, {}));
	}

	/** Adds the bot to a server that this person may manage. */
	async inviteBot(guildId: string, permissions = '8'): Promise<void> {
		const path = `/oauth2/authorize?client_id=${this.#options.applicationId}&scope=bot+applications.commands`;
		await this.api.post(path, { authorize: true, guild_id: guildId, permissions });
	}

	async leave(guildId: string): Promise<void> {
		await this.api.delete(`/users/@me/guilds/${guildId}`);
	}

	/** What this person sees in a channel, oldest first, ephemeral answers to him included. */
	async messages(channel: ChannelRef, limit = 100): Promise<SeenMessage[]> {
		const list = await this.api.get(`/channels/${idOf(channel)}/messages?limit=${limit}`);
		return asObjects(list).map(readMessage).reverse();
	}

	/** A message as it is now. */
	async read(message: { id: string; channelId: string }): Promise<SeenMessage> {
		return readMessage(await this.api.object(`/channels/${message.channelId}/messages/${message.id}`));
	}

	/**
	 * The first message of somebody else that fits: among those since this person last spoke here (and not expected before), or coming.
	 * Rejects with what came instead when there is none in time. "Is thinking" does not count until it is filled.
	 */
	async expectMessage(channel: ChannelRef, predicate: MessagePredicate, within = this.#options.patience): Promise<SeenMessage> {
		await this.connect();
		const fits = predicateOf(predicate);
		return this.#inbox.take(
			(message) => message.channelId === idOf(channel) && message.authorId !== this.id && !message.loading && fits(message),
			within,
			`A message like ${String(predicate)} for ${this.name}`
		);
	}

	/** Waits until a message has become what the predicate asks for. */
	async expectEdit(message: { id: string }, predicate: MessagePredicate, within = this.#options.patience): Promise<SeenMessage> {
		await this.connect();
		const fits = predicateOf(predicate);
		return this.#inbox.watch((seen) => seen.id === message.id && fits(seen), within, `The change of a message to ${String(predicate)}`);
	}

	/** Waits for an event of this person's gateway, from now on. */
	async expectEvent(type: string, fits: (data: JsonObject) => boolean = () => true, within = this.#options.patience): Promise<JsonObject> {
		await this.connect();
		return new Promise((resolve, reject) => {
			const timer = setTimeout(() => {
				stop();
				reject(new Error(`${type} did not come to ${this.name} within ${within} ms`));
			}, within);
			const stop = this.gateway.listen((came, data) => {
				if (came !== type || !fits(data)) return;
				clearTimeout(timer);
				stop();
				resolve(data);
			});
		});
	}

	/** Commands this person's picker offers in a channel. */
	async commands(channel: ChannelRef): Promise<JsonObject[]> {
		const index = await this.api.object(`/channels/${idOf(channel)}/application-command-index`);
		return asObjects(index['application_commands']);
	}

	/** Runs a slash command: `slash(channel, 'role create', { name: 'Red' })`. */
	async slash(channel: ChannelRef, words: string, options: Record<string, OptionValue> = {}, files: UploadFile[] = []): Promise<Outcome> {
		const data = buildCommand(await this.commands(channel), words, options);
		return this.#interact(2, channel, { data }, null, files);
	}

	/** What the picker offers while `focused` is being typed. */
	async autocomplete(channel: ChannelRef, words: string, options: Record<string, OptionValue>, focused: string): Promise<Choice[]> {
		const data = buildCommand(await this.commands(channel), words, options, focused);
		return (await this.#interact(4, channel, { data }, null)).choices ?? [];
	}

	/** Runs a command of the context menu of a person or a message. */
	async context(channel: ChannelRef, name: string, target: { id: string }, type: 'user' | 'message'): Promise<Outcome> {
		const wanted = type === 'user' ? 2 : 3;
		const command = (await this.commands(channel)).find((candidate) => candidate['name'] === name && candidate['type'] === wanted);
		if (command === undefined) throw new ClientRefusal(`"${name}" is not in the menu here`);
		const data = { version: command['version'], id: command['id'], name, type: wanted, target_id: target.id, options: [], attachments: [] };
		return this.#interact(2, channel, { data }, null);
	}

	/** Presses a button, found by custom id, label or emoji. */
	async click(message: SeenMessage, wanted: string): Promise<Outcome> {
		const current = await this.read(message);
		const component = requireComponent(current, wanted);
		if (component['style'] === LINK_BUTTON) throw new ClientRefusal(`"${wanted}" is a link`);
		return this.#component(current, { component_type: component['type'], custom_id: component['custom_id'] });
	}

	/** Chooses in a select, found by custom id or placeholder; strings by value or label, the others by id. */
	async select(message: SeenMessage, wanted: string, values: string[]): Promise<Outcome> {
		const current = await this.read(message);
		const component = requireComponent(current, wanted);
		const options = asObjects(component['options']);
		const chosen = values.map((value) => options.find((option) => option['label'] === value)?.['value'] ?? value);
		return this.#component(current, { component_type: component['type'], custom_id: component['custom_id'], values: chosen });
	}

	/** Sends a modal back, fields by custom id or label. */
	async submitModal(shown: Outcome | ShownModal, fields: ModalFields): Promise<Outcome> {
		const modal = 'modal' in shown ? shown.modal : shown;
		if (modal === null) throw new ClientRefusal('No modal is on the screen');
		const data = { id: modal.interactionId, custom_id: modal.customId, components: fillModal(modal, fields) };
		return this.#interact(5, modal.channelId, { data }, null);
	}

	#component(message: SeenMessage, data: JsonObject): Promise<Outcome> {
		const fields = { message_id: message.id, message_flags: Number(message.raw['flags'] ?? 0), data };
		return this.#interact(3, message.channelId, fields, message);
	}

	async #interact(
		type: number,
		channel: ChannelRef,
		fields: JsonObject,
		source: SeenMessage | null,
		files: UploadFile[] = []
	): Promise<Outcome> {
		await this.connect();
		this.#inbox.markRead(idOf(channel));
		const nonce = randomUUID().slice(0, 24);
		const info = await this.api.object(`/channels/${idOf(channel)}`);
		const body: JsonObject = {
			type,
			application_id: this.#options.applicationId,
			channel_id: idOf(channel),
			session_id: this.gateway.sessionId,
			nonce,
			...(typeof info['guild_id'] === 'string' ? { guild_id: info['guild_id'] } : {}),
			...fields
		};
		const outcome = awaitOutcome(this.gateway, nonce, source, this.#options.patience);
		// A refused request must not leave the wait behind as an unhandled rejection.
		outcome.catch(() => undefined);
		await this.api.post('/interactions', body, files);
		return outcome;
	}

	async #voice(guildId: string, channelId: string | null): Promise<void> {
		await this.connect();
		const moved = this.expectEvent('VOICE_STATE_UPDATE', (data) => data['user_id'] === this.id && data['channel_id'] === channelId);
		this.gateway.send(4, { guild_id: guildId, channel_id: channelId, self_mute: false, self_deaf: false });
		await moved;
	}
}

function requireComponent(message: SeenMessage, wanted: string): JsonObject {
	const component = findComponent(message, wanted);
	if (component === null) throw new ClientRefusal(`The message has no "${wanted}"`);
	if (component['disabled'] === true) throw new ClientRefusal(`"${wanted}" is disabled`);
	return component;
}

/** The id of something given by its id or as an object. */
export function idOf(ref: string | { id: string }): string {
	return typeof ref === 'string' ? ref : ref.id;
}
