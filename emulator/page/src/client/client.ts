import type { Person, Town } from '../connection/control.js';
import { Gateway } from '../connection/gateway.js';
import { Rest, RestRefusal } from '../connection/rest.js';
import { Bits, may } from '../state/access.js';
import { type Channel, ChannelKind, type Guild, isThread, isVoice, type Message, type User, userName } from '../state/model.js';
import { receive } from './events.js';
import { Interactions } from './interactions.js';

/** Something that this client alone shows at the end of a channel. */
export interface Notice {
	id: number;
	channelId: string;
	text: string;
}

/** One person's client: what he knows, kept up to date by his gateway. */
export class Client {
	readonly rest: Rest;
	readonly gateway: Gateway;
	readonly guilds = new Map<string, Guild>();
	readonly dms = new Map<string, Channel>();
	/** Messages of the channels that were opened, oldest first. */
	readonly messages = new Map<string, Message[]>();
	/** Who is typing where, until when (this machine's time). */
	readonly typing = new Map<string, Map<string, number>>();
	/** Channels with something unread. */
	readonly unread = new Set<string>();
	/** Ephemeral messages that were dismissed. */
	readonly dismissed = new Set<string>();
	readonly interactions = new Interactions(this);
	notices: Notice[] = [];
	connected = false;
	guildId: string | null = null;
	channelId: string | null = null;
	readonly #listeners = new Set<() => void>();
	#nextNotice = 1;
	#told = false;
	#lastTyping = 0;

	constructor(
		readonly town: Town,
		readonly person: Person
	) {
		this.rest = new Rest('/api/v10', person.token);
		this.gateway = new Gateway(
			town.gateway,
			person.token,
			(event) => receive(this, event),
			(connected) => {
				this.connected = connected;
				this.changed();
			}
		);
	}

	get id(): string {
		return this.person.id;
	}

	get guild(): Guild | null {
		return this.guilds.get(this.guildId ?? '') ?? null;
	}

	get channel(): Channel | null {
		return this.findChannel(this.channelId ?? '');
	}

	/** Starts to listen; answers what stops it. */
	open(): () => void {
		this.gateway.connect();
		return () => this.gateway.close();
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Something is different: drawn anew at the end of this turn. */
	changed(): void {
		if (this.#told) return;
		this.#told = true;
		queueMicrotask(() => {
			this.#told = false;
			for (const listener of [...this.#listeners]) listener();
		});
	}

	findChannel(id: string): Channel | null {
		const dm = this.dms.get(id);
		if (dm !== undefined) return dm;
		for (const guild of this.guilds.values()) {
			const channel = guild.channels.get(id);
			if (channel !== undefined) return channel;
		}
		return null;
	}

	guildOf(channel: Channel): Guild | null {
		return this.guilds.get(channel.guildId ?? '') ?? null;
	}

	sees(channel: Channel): boolean {
		return may(this.guildOf(channel), this.id, channel, Bits.ViewChannel);
	}

	nameOf(user: User, guild: Guild | null = this.guild): string {
		return guild?.members.get(user.id)?.nick ?? userName(user);
	}

	/** Goes to a server (where Discord greets, or its first text channel), or to the direct messages. */
	openGuild(guildId: string | null): void {
		this.guildId = guildId;
		const channels = guildId === null ? [...this.dms.values()] : [...(this.guild?.channels.values() ?? [])];
		const isMain = (channel: Channel) => Number(channel.id === this.guild?.systemChannelId);
		channels.sort((a, b) => isMain(b) - isMain(a) || a.position - b.position);
		const first = channels.find((channel) => isReadable(channel) && this.sees(channel));
		this.channelId = null;
		if (first !== undefined) this.openChannel(first.id);
		this.changed();
	}

	openChannel(channelId: string): void {
		const channel = this.findChannel(channelId);
		if (channel === null) return;
		this.guildId = channel.guildId;
		this.channelId = channelId;
		this.unread.delete(channelId);
		this.changed();
		if (channel.type !== ChannelKind.Forum) void this.try(() => this.load(channelId));
	}

	async load(channelId: string): Promise<void> {
		const newest = await this.rest.get<Message[]>(`/channels/${channelId}/messages?limit=100`);
		this.messages.set(channelId, newest.reverse());
		this.changed();
	}

	async openDm(userId: string): Promise<void> {
		const { id } = await this.rest.post<{ id: string }>('/users/@me/channels', { recipients: [userId] });
		if (!this.dms.has(id)) receive(this, { type: 'CHANNEL_CREATE', data: await this.rest.get(`/channels/${id}`) });
		this.openChannel(id);
	}

	/** Says something in a channel. */
	async send(channelId: string, content: string, files: readonly File[] = [], replyTo: string | null = null): Promise<void> {
		const attachments = files.map((file, id) => ({ id: String(id), filename: file.name }));
		await this.rest.post(
			`/channels/${channelId}/messages`,
			{
				content,
				...(files.length > 0 ? { attachments } : {}),
				...(replyTo === null ? {} : { message_reference: { message_id: replyTo } })
			},
			files
		);
		this.#lastTyping = 0;
	}

	/** Others read "is typing"; told again every eight seconds. */
	tellTyping(channelId: string): void {
		if (Date.now() - this.#lastTyping < 8_000) return;
		this.#lastTyping = Date.now();
		// Nobody misses it where it is not allowed.
		this.rest.post(`/channels/${channelId}/typing`).catch(() => undefined);
	}

	joinVoice(channel: Channel | null, guildId: string): void {
		this.gateway.send(4, { guild_id: guildId, channel_id: channel?.id ?? null, self_mute: false, self_deaf: false });
	}

	/** Shows a line that only this client sees. */
	notice(text: string, channelId: string | null = this.channelId): void {
		this.notices = [...this.notices, { id: this.#nextNotice++, channelId: channelId ?? '', text }];
		this.changed();
	}

	dropNotice(id: number): void {
		this.notices = this.notices.filter((notice) => notice.id !== id);
		this.changed();
	}

	/** Does something; a refusal is shown as a line. Answers whether it worked. */
	async try(work: () => Promise<unknown>): Promise<boolean> {
		try {
			await work();
			return true;
		} catch (error) {
			if (!(error instanceof RestRefusal) && !(error instanceof TypeError)) throw error;
			this.notice(error instanceof RestRefusal ? error.message : 'Discord on this machine does not answer.');
			return false;
		}
	}
}

function isReadable(channel: Channel): boolean {
	return channel.type !== ChannelKind.Category && !isVoice(channel) && !isThread(channel);
}
