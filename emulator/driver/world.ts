import { randomUUID } from 'node:crypto';
import { type Description, type EmulatorOptions, startEmulator } from '../emulator.js';
import type { LedgerEntry } from '../rest/ledger.js';
import type { Json, JsonObject } from '../state/types.js';
import { Api, asObject, asObjects } from './api.js';
import { FaultDriver } from './faults.js';
import { UserDriver } from './user.js';

export interface ChannelHandle {
	id: string;
	name: string;
	guildId: string;
}

/** A server made for a test. */
export interface GuildHandle {
	id: string;
	name: string;
	owner: UserDriver;
	members: UserDriver[];
	channels: ChannelHandle[];
	roles: { id: string; name: string }[];
	/** The channel of this name; throws when there is none. */
	channel: (name: string) => ChannelHandle;
}

export interface GuildSpec {
	name?: string;
	/** Text channels by name, or `{ name, type }`. */
	channels?: (string | { name: string; type: number })[];
	/** `holders`: names of members who have it from the beginning, without a word of it in the audit log. */
	roles?: { name: string; permissions?: string; holders?: string[] }[];
	/** New people with these names, or people that exist. */
	members?: (string | UserDriver)[];
	owner?: UserDriver;
	/** False leaves the bot out. */
	bot?: boolean;
	/** Of the bot's own role; administrator unless said otherwise. */
	botPermissions?: string;
}

export interface WorldOptions extends EmulatorOptions {
	/** How long expectations wait, in milliseconds of the machine's time (5 s unless said otherwise). */
	patience?: number;
}

/** A Discord for tests: people, servers, the clock and the ledger, all over HTTP and the gateway. */
export class WorldDriver {
	readonly users: UserDriver[];
	/** The first server, as every emulator has one. */
	readonly home: GuildHandle;
	readonly clock: {
		advance: (ms: number) => Promise<void>;
		/** Makes it `now`, in milliseconds since 1970. */
		set: (now: number) => Promise<void>;
		now: () => Promise<number>;
	};
	readonly faults: FaultDriver;
	readonly #control: Api;
	readonly #drivers = new Set<UserDriver>();

	constructor(
		readonly description: Description,
		readonly patience = 5_000,
		readonly stop: () => Promise<void> = () => Promise.resolve()
	) {
		this.#control = new Api(`${description.api.replace(/\/api$/, '')}/_emulator`, null);
		this.faults = new FaultDriver(this.#control);
		this.users = description.users.map((user) => this.#driver(user));
		const [owner, ...members] = this.users;
		if (owner === undefined) throw new Error('The emulator has no people');
		const channels = description.channels.map((channel) => ({ ...channel, guildId: description.guildId }));
		this.home = handle({ id: description.guildId, name: '', owner, members, channels, roles: [] });
		this.clock = {
			advance: async (ms) => void (await this.control('POST', '/clock', { advance: ms })),
			set: async (now) => void (await this.control('POST', '/clock', { now })),
			now: async () => Number(asObject(await this.#control.get('/clock'))['now'])
		};
	}

	/** What a bot needs to come here. */
	get environment(): Record<string, string> {
		const { api, cdn, botToken } = this.description;
		return { DISCORD_TOKEN: botToken, DISCORD_API_URL: api, DISCORD_CDN_URL: cdn };
	}

	/** A new person, in no server yet; with `bot` somebody else's bot, which has a badge and does nothing of its own. */
	async user(name = `person-${randomUUID().slice(0, 8)}`, { bot = false }: { bot?: boolean } = {}): Promise<UserDriver> {
		const { id, token } = asObject(await this.control('POST', '/users', { name, bot }));
		return this.#driver({ id: String(id), name, token: String(token) });
	}

	/** A new server with its people; the bot is told with GUILD_CREATE. */
	async guild(spec: GuildSpec = {}): Promise<GuildHandle> {
		const owner = spec.owner ?? (await this.user(`owner-${randomUUID().slice(0, 6)}`));
		const members = await Promise.all(
			(spec.members ?? ['member']).map((member) => (typeof member === 'string' ? this.user(member) : member))
		);
		const made = asObject(
			await this.control('POST', '/guilds', {
				name: spec.name ?? 'Test server',
				owner_id: owner.id,
				members: members.map((member) => member.id),
				channels: (spec.channels ?? ['general']).map((channel) => (typeof channel === 'string' ? { name: channel, type: 0 } : channel)),
				roles: (spec.roles ?? []).map(({ holders = [], ...role }) => ({ ...role, holders: idsOf(holders, members) })),
				bot: spec.bot ?? true,
				...(spec.botPermissions === undefined ? {} : { bot_permissions: spec.botPermissions })
			})
		);
		const id = String(made['id']);
		const named = (list: JsonObject[]) => list.map((entry) => ({ id: String(entry['id']), name: String(entry['name']) }));
		const channels = named(asObjects(made['channels'])).map((channel) => ({ ...channel, guildId: id }));
		return handle({ id, name: String(made['name']), owner, members, channels, roles: named(asObjects(made['roles'])) });
	}

	/** Every request the bot made, oldest first. */
	async requests(fits: (entry: LedgerEntry) => boolean = () => true): Promise<LedgerEntry[]> {
		const entries: unknown = await this.#control.get('/ledger');
		return Array.isArray(entries) ? entries.filter((entry): entry is LedgerEntry => fits(entry)) : [];
	}

	/** Routes the emulator lacks and payloads outside Discord's description: a test fails unless both are empty. */
	async faultsFound(): Promise<{ unimplemented: string[]; violations: string[] }> {
		const { unimplemented, violations } = asObject(await this.#control.get('/faults-found'));
		return { unimplemented: strings(unimplemented), violations: strings(violations) };
	}

	/** Throws when the bot asked for something that the emulator lacks, or that is outside Discord's description. */
	async expectNoFaults(): Promise<void> {
		const { unimplemented, violations } = await this.faultsFound();
		const all = [...unimplemented.map((route) => `not implemented: ${route}`), ...violations];
		if (all.length > 0) throw new Error(`Discord would not have taken this:\n${all.join('\n')}`);
	}

	/** Anything below `/_emulator`: faults, settings. */
	control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: JsonObject): Promise<Json> {
		return this.#control.request(method, path, body);
	}

	/** For tests that share a world: everybody is logged out, everything works again, and nothing was asked so far. */
	async forgetStories(): Promise<void> {
		for (const driver of this.#drivers) driver.disconnect();
		await this.faults.clear();
		await this.control('DELETE', '/ledger');
	}

	/** Logs everybody out and stops the emulator, if it was started here. */
	async close(): Promise<void> {
		for (const driver of this.#drivers) driver.disconnect();
		await this.stop();
	}

	#driver(user: { id: string; name: string; token: string }): UserDriver {
		const { api, gateway, applicationId } = this.description;
		const passTime = (ms: number) => this.clock.advance(ms);
		const driver = new UserDriver({ api, gateway, applicationId, ...user, patience: this.patience, passTime });
		this.#drivers.add(driver);
		return driver;
	}
}

/** Starts an emulator in this process and drives it. */
export async function openWorld(options: WorldOptions = {}): Promise<WorldDriver> {
	const emulator = await startEmulator(options);
	return new WorldDriver(emulator.describe(), options.patience, () => emulator.close());
}

/** Drives an emulator of another process, given the line that it printed. */
export function attachWorld(description: Description, patience?: number): WorldDriver {
	return new WorldDriver(description, patience);
}

function handle(parts: Omit<GuildHandle, 'channel'>): GuildHandle {
	return {
		...parts,
		channel(name) {
			const found = parts.channels.find((channel) => channel.name === name);
			if (found === undefined) throw new Error(`This server has no channel ${name}`);
			return found;
		}
	};
}

function idsOf(names: readonly string[], people: readonly UserDriver[]): string[] {
	return names.map((name) => {
		const found = people.find((person) => person.name === name);
		if (found === undefined) throw new Error(`This server has no member ${name}`);
		return found.id;
	});
}

function strings(value: unknown): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
