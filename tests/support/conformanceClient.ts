import { once } from 'node:events';
import WebSocket from 'ws';
import { startEmulator } from '../../emulator/index.js';
import { addGuilds } from '../../emulator/state/bulk.js';

/** Where a Discord is and who lives there, as `npm run discord` prints it. */
export interface World {
	api: string;
	gateway: string;
	botToken: string;
	applicationId: string;
	guildId: string;
	channels: { id: string; name: string }[];
	users: { id: string; name: string; token: string }[];
}

export interface Answer {
	status: number;
	/** The JSON body; null when there was none. */
	body: Record<string, unknown>;
	list: Record<string, unknown>[];
	code: number | null;
	headers: Headers;
}

export interface Conformance extends AsyncDisposable {
	world: World;
	owner: Actor;
	bot: Actor;
	/** Plain members. */
	members: Actor[];
	/** Moves the server's clock on; null where only the real one counts. */
	travel: ((ms: number) => void) | null;
	/** Discord's own rate limits from now on; null where they always hold. */
	limitRates: (() => void) | null;
	/** From now on one IDENTIFY in five seconds; null where Discord decides that. */
	limitIdentifies: (() => void) | null;
	/** Makes so many more servers, with the bot and the owner in each; null where that is not in our hands. */
	addServers: ((count: number) => void) | null;
	/** Answers outside Discord's description so far; null when the server does not tell. */
	wrongAnswers(): Promise<string[] | null>;
}

/** Somebody with a token, who talks plain HTTP. */
export class Actor {
	public constructor(
		private readonly api: string,
		public readonly id: string,
		public readonly token: string
	) {}

	/** The same person behind another Authorization header. */
	public as(token: string): Actor {
		return new Actor(this.api, this.id, token);
	}

	public get = (path: string) => this.#send('GET', path);
	public post = (path: string, body?: unknown, reason?: string) => this.#send('POST', path, body, reason);
	public put = (path: string, body?: unknown, reason?: string) => this.#send('PUT', path, body, reason);
	public patch = (path: string, body?: unknown, reason?: string) => this.#send('PATCH', path, body, reason);
	public delete = (path: string, reason?: string) => this.#send('DELETE', path, undefined, reason);

	/** Posts a form, as files want it. */
	public form(path: string, form: FormData): Promise<Answer> {
		return this.#fetch(path, { method: 'POST', headers: { authorization: this.token }, body: form });
	}

	#send(method: string, path: string, body?: unknown, reason?: string): Promise<Answer> {
		const headers: Record<string, string> = { authorization: this.token };
		if (body !== undefined) headers['content-type'] = 'application/json';
		if (reason !== undefined) headers['x-audit-log-reason'] = encodeURIComponent(reason);
		return this.#fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
	}

	async #fetch(path: string, init: RequestInit): Promise<Answer> {
		const response = await fetch(`${this.api}/v10${path}`, init);
		const text = await response.text();
		const parsed: unknown = text === '' ? null : JSON.parse(text);
		const record = isRecord(parsed) ? parsed : {};
		return {
			status: response.status,
			body: record,
			list: Array.isArray(parsed) ? parsed.filter(isRecord) : [],
			code: response.ok || typeof record.code !== 'number' ? null : record.code,
			headers: response.headers
		};
	}
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A Discord to talk to: the one whose description `CONFORMANCE_DISCORD` gives (JSON, as `npm run discord` prints it, or
 * an address that answers it), else the emulator, started for this suite.
 */
export async function openDiscord(): Promise<Conformance> {
	const given = process.env.CONFORMANCE_DISCORD;
	if (given !== undefined) {
		const controls = {
			travel: null,
			limitRates: null,
			limitIdentifies: null,
			addServers: null,
			wrongAnswers: async () => null,
			[Symbol.asyncDispose]: async () => undefined
		};
		return conformanceOf(await describe(given), controls);
	}
	const emulator = await startEmulator();
	const { discord, ledger } = emulator;
	return conformanceOf(emulator.describe(), {
		travel: (ms) => discord.world.clock.advance(ms),
		limitRates() {
			discord.rateLimits = 'discord';
		},
		limitIdentifies() {
			for (const application of discord.world.applications.values()) {
				application.maxConcurrency = 1;
				application.lastIdentify.clear();
			}
		},
		addServers(guilds) {
			const [application] = discord.world.applications.values();
			const owner = discord.world.users.get(application?.ownerId ?? '');
			if (application === undefined || owner === undefined) throw new Error('The emulator has no bot');
			addGuilds(discord.world, { guilds, channels: 0, roles: 0, emojis: 0, members: 0, joins: [application.bot.user], owner });
		},
		wrongAnswers: async () => ledger.violations.filter((line) => / answer \d|emulator failed/.test(line)),
		[Symbol.asyncDispose]: emulator.close
	});
}

async function describe(given: string): Promise<World> {
	const text = given.startsWith('http') ? await (await fetch(given)).text() : given;
	return JSON.parse(text) as World;
}

type Controls = Pick<Conformance, 'travel' | 'limitRates' | 'limitIdentifies' | 'addServers' | 'wrongAnswers' | typeof Symbol.asyncDispose>;

function conformanceOf(world: World, controls: Controls): Conformance {
	const [owner, ...members] = world.users.map(({ id, token }) => new Actor(world.api, id, token));
	if (owner === undefined) throw new Error('The description names no users');
	return { world, owner, members, bot: new Actor(world.api, world.applicationId, `Bot ${world.botToken}`), ...controls };
}

export interface Packet {
	op: number;
	t: string | null;
	s: number | null;
	d: Record<string, unknown>;
}

/** A plain gateway connection that keeps what it hears. */
export class GatewayClient implements AsyncDisposable {
	readonly packets: Packet[] = [];
	closeCode: number | null = null;
	readonly #socket: WebSocket;
	readonly #waiting = new Set<() => void>();

	public constructor(url: string, query = 'v=10&encoding=json') {
		this.#socket = new WebSocket(`${url}/?${query}`);
		this.#socket.on('message', (data) => {
			this.packets.push(JSON.parse(String(data)) as Packet);
			this.#wake();
		});
		this.#socket.on('close', (code) => {
			this.closeCode = code;
			this.#wake();
		});
		this.#socket.on('error', () => this.#wake());
	}

	/** Connects and logs in; answers when READY came. */
	public static async identify(url: string, token: string, intents: number, extra: object = {}): Promise<GatewayClient> {
		const client = new GatewayClient(url);
		await client.next((packet) => packet.op === 10);
		client.send(2, { token, intents, properties: { os: 'linux', browser: 'plain', device: 'plain' }, ...extra });
		return client;
	}

	public send(op: number, d: unknown): void {
		this.#socket.send(JSON.stringify({ op, d }));
	}

	/** The first packet that fits, past or to come. */
	public async next(fits: (packet: Packet) => boolean, withinMs = 15_000): Promise<Packet> {
		const until = Date.now() + withinMs;
		for (;;) {
			const found = this.packets.find(fits);
			if (found) return found;
			if (Date.now() > until)
				throw new Error(`Not heard within ${withinMs} ms; heard ${this.packets.map(({ t, op }) => t ?? op).join(', ')}`);
			await this.#woken(until);
		}
	}

	public event(type: string, fits: (data: Record<string, unknown>) => boolean = () => true): Promise<Packet> {
		return this.next((packet) => packet.t === type && fits(packet.d));
	}

	public events(type: string): Record<string, unknown>[] {
		return this.packets.filter(({ t }) => t === type).map(({ d }) => d);
	}

	/** The code the server closes with. */
	public async closed(withinMs = 15_000): Promise<number> {
		const until = Date.now() + withinMs;
		while (this.closeCode === null) {
			if (Date.now() > until) throw new Error(`The connection stayed open for ${withinMs} ms`);
			await this.#woken(until);
		}
		return this.closeCode;
	}

	/** Cuts the connection without a goodbye. */
	public cut(): void {
		this.#socket.terminate();
	}

	public async [Symbol.asyncDispose](): Promise<void> {
		if (this.#socket.readyState === WebSocket.CLOSED) return;
		const closed = once(this.#socket, 'close');
		this.#socket.close(1000);
		await closed;
	}

	#woken(until: number): Promise<void> {
		return new Promise((resolve) => {
			const wake = () => {
				clearTimeout(timer);
				this.#waiting.delete(wake);
				resolve();
			};
			const timer = setTimeout(wake, Math.max(1, until - Date.now()));
			this.#waiting.add(wake);
		});
	}

	#wake(): void {
		for (const wake of [...this.#waiting]) wake();
	}
}
