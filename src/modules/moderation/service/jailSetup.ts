import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { discordSentence } from '#lib/errors/discordCodes.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import {
	closed,
	isOpen,
	type JailChannel,
	type JailThings,
	madeChannels,
	madeRoles,
	type Overwrite,
	type Seen,
	type SeenChannel
} from '../domain/jailThings.js';
import type { JailBuilder } from '../ports.js';
import type { ConfigRepository } from '../repository/config.js';
import type { JailSetupRepository } from '../repository/jailSetup.js';
import type { ModerationSettings } from '../settings.js';

export interface JailSetupParts {
	readonly setups: JailSetupRepository;
	readonly config: Pick<ConfigRepository, 'change' | 'read'>;
	readonly builder: JailBuilder;
	/** From memory when it is warm. */
	readonly settings: (guildId: string) => ModerationSettings | Promise<ModerationSettings>;
	readonly keyValue: Pick<KeyValue, 'withLock'>;
	readonly clock: Clock;
	readonly log: { warn(details: object, message: string): void };
	/** Why, in the language of the server: for the audit log. */
	readonly reason: (guildId: string) => string;
}

export interface By {
	readonly guildId: string;
	readonly actorId: string;
}

/** A jail as it stands now. */
export interface BuiltJail {
	readonly roleId: string;
	readonly channelId: string;
	readonly logChannelId: string | null;
	/** Something was missing. */
	readonly isNew: boolean;
	/** Channels that those in jail may still be able to see. */
	readonly open: readonly SeenChannel[];
}

export type BuildCode = 'jail-exists' | 'jail-busy';
type Setting = 'jailRoleId' | 'jailChannelId' | 'jailCategoryId' | 'logChannelId';

const lockMs = 60_000;
const finishAfterMs = 60_000;

/** Makes the jail of a server and takes it away again. Cut short, either is brought to its end by the next one. */
export class JailSetup {
	readonly #parts: JailSetupParts;

	public constructor(parts: JailSetupParts) {
		this.#parts = parts;
	}

	/** Makes what is missing. */
	public build(by: By): Promise<Outcome<BuiltJail, BuildCode>> {
		return this.#alone(by.guildId, () => this.#build(by));
	}

	/** The things of a jail that would go. Null when there is none. */
	public async things(guildId: string): Promise<JailThings | null> {
		const [settings, { logChannelId, leaving }] = await Promise.all([this.#parts.settings(guildId), this.#parts.setups.find(guildId)]);
		const { jailRoleId: roleId, jailChannelId: channelId, jailCategoryId: categoryId } = settings;
		const things = { roleId, channelId, categoryId, logChannelId };
		return Object.values(things).some((id) => id !== null) ? things : leaving;
	}

	/** Takes the jail out of the settings and out of Discord. */
	public dismantle(by: By, waitMs = 0): Promise<Outcome<null, 'no-jail' | 'jail-busy'>> {
		const { clock, setups } = this.#parts;
		const work = async (): Promise<Outcome<null, 'no-jail'>> => {
			const now = clock.now();
			const before = (await setups.find(by.guildId)).leaving;
			if (before !== null) await this.#delete(by.guildId, before);
			const things = await setups.dismiss({ ...by, now }, now + finishAfterMs);
			if (things !== null) await this.#delete(by.guildId, things);
			return things === null && before === null ? refuse('no-jail') : accept(null);
		};
		return this.#alone(by.guildId, work, waitMs);
	}

	/** What a process that ended in the middle left over. */
	public async dismantleDue({ key: guildId }: Pick<DueTimer, 'key'>): Promise<TimerResult> {
		try {
			const outcome = await this.#alone(guildId, async () => {
				const { leaving } = await this.#parts.setups.find(guildId);
				if (leaving !== null) await this.#delete(guildId, leaving);
				return accept(null);
			});
			return outcome.ok ? 'done' : 'retry';
		} catch (error) {
			if (discordSentence(error) === null) throw error;
			this.#parts.log.warn({ err: error, guild: guildId }, 'What is left of a jail could not be deleted');
			return 'retry';
		}
	}

	/** Hides a channel from those in jail; `own`: what they may there now. False when there is no jail. */
	public async close(guildId: string, channelId: string, own?: Overwrite): Promise<boolean> {
		const { jailRoleId } = await this.#parts.settings(guildId);
		if (jailRoleId === null) return false;
		await this.#parts.builder.close(channelId, jailRoleId, closed(own), this.#parts.reason(guildId));
		return true;
	}

	/** A channel was made. One that says itself what those in jail may there stays as it is. */
	public async onChannelMade(guildId: string, channelId: string, says: (roleId: string) => boolean): Promise<void> {
		const { jailRoleId } = await this.#parts.settings(guildId);
		if (jailRoleId === null || says(jailRoleId)) return;
		try {
			await this.close(guildId, channelId);
		} catch (error) {
			if (discordSentence(error) === null) throw error;
			this.#parts.log.warn({ err: error, guild: guildId, channel: channelId }, 'A new channel could not be hidden from the jail');
		}
	}

	async #build(by: By): Promise<Outcome<BuiltJail, BuildCode>> {
		const { builder, clock, reason, setups } = this.#parts;
		const { guildId } = by;
		const { leaving, logChannelId: ownLog } = await setups.find(guildId);
		if (leaving !== null) await this.#delete(guildId, leaving);
		const begunAt = await setups.begin(guildId, clock.now());
		const [seen, settings] = await Promise.all([builder.look(guildId), this.#parts.settings(guildId)]);
		const why = reason(guildId);
		const made: string[] = [];
		const ensure = async (setting: Setting, there: string | null, left: readonly string[], make: () => Promise<string>) => {
			if (there !== null && there === settings[setting]) return there;
			const id = there ?? left[0] ?? (await make());
			made.push(id);
			if (setting === 'logChannelId') await setups.noteLogChannel(guildId, id);
			await this.#store(by, setting, settings[setting], id);
			return id;
		};
		const channel = (id: string | null) => (hasChannel(seen, id) ? id : null);
		const role = seen.roles.some(({ id }) => id === settings.jailRoleId) ? settings.jailRoleId : null;

		const roleId = await ensure('jailRoleId', role, madeRoles(seen, begunAt), () => builder.makeRole(guildId, why));
		const make = (what: JailChannel, parentId: string | null) => builder.makeChannel({ guildId, roleId, what, parentId }, why);
		let found: Promise<string> | null = null;
		const category = () => {
			const left = madeChannels(seen, 'category', null, begunAt);
			found ??= ensure('jailCategoryId', channel(settings.jailCategoryId), left, () => make('category', null));
			return found;
		};
		const inCategory = async (setting: 'jailChannelId' | 'logChannelId', there: string | null, what: 'logs' | 'jail') => {
			const parentId = there === null ? await category() : null;
			return ensure(setting, there, madeChannels(seen, what, parentId, begunAt), () => make(what, parentId));
		};
		const logChannelId = await inCategory('logChannelId', channel(settings.logChannelId) ?? channel(ownLog), 'logs');
		const channelId = await inCategory('jailChannelId', channel(settings.jailChannelId), 'jail');
		if (made.length > 0) await this.#deleteDoubles(guildId, made, begunAt);
		await setups.end(guildId);
		// What was made just now hides itself, and is not among what was seen.
		const open = seen.channels.filter((one) => one.id !== channelId && !made.includes(one.id) && isOpen(one, roleId));
		if (made.length === 0 && open.length === 0) return refuse('jail-exists');
		return accept({ roleId, channelId, logChannelId, isNew: made.length > 0, open });
	}

	/** A request whose answer was lost on the way is made again by itself: what came twice goes. */
	async #deleteDoubles(guildId: string, made: readonly string[], begunAt: number): Promise<void> {
		const { builder, reason } = this.#parts;
		const seen = await builder.look(guildId);
		const why = reason(guildId);
		const { jailCategoryId } = await this.#parts.settings(guildId);
		const doubles = (ids: readonly string[]) => (ids.some((id) => made.includes(id)) ? ids.filter((id) => !made.includes(id)) : []);
		for (const id of doubles(madeRoles(seen, begunAt))) await builder.deleteRole(guildId, id, why);
		const parents = { category: null, logs: jailCategoryId, jail: jailCategoryId } as const;
		for (const what of ['logs', 'jail', 'category'] as const) {
			for (const id of doubles(madeChannels(seen, what, parents[what], begunAt))) await builder.deleteChannel(id, why);
		}
	}

	/** @throws when another process has stored another one meanwhile: it took this one for dead */
	async #store(by: By, setting: Setting, before: string | null, id: string): Promise<void> {
		const { clock, config } = this.#parts;
		const changed = await config.change({ ...by, now: clock.now() }, (stored) =>
			stored[setting] === before ? accept({ [setting]: id }) : refuse('changed')
		);
		if (!changed.ok) throw new Error(`The setting ${setting} was changed while the jail was made`);
	}

	/** Deletes the channels, the role, and the category when nothing else is in it. */
	async #delete(guildId: string, { roleId, channelId, categoryId, logChannelId }: JailThings): Promise<void> {
		const { builder, reason, setups } = this.#parts;
		const why = reason(guildId);
		for (const id of [channelId, logChannelId]) if (id !== null) await builder.deleteChannel(id, why);
		if (roleId !== null) await builder.deleteRole(guildId, roleId, why);
		if (categoryId !== null) {
			const { channels } = await builder.look(guildId);
			if (!channels.some(({ parentId }) => parentId === categoryId)) await builder.deleteChannel(categoryId, why);
		}
		await setups.forget(guildId);
	}

	/** One at a time in a server. */
	async #alone<T, Code extends string>(
		guildId: string,
		work: () => Promise<Outcome<T, Code>>,
		waitMs = 0
	): Promise<Outcome<T, Code | 'jail-busy'>> {
		try {
			return await this.#parts.keyValue.withLock(`moderation:jail-setup:${guildId}`, { ttlMs: lockMs, waitMs }, work);
		} catch (error) {
			if (!(error instanceof LockTimeoutError)) throw error;
			return refuse('jail-busy');
		}
	}
}

function hasChannel({ channels }: Seen, id: string | null): boolean {
	return id !== null && channels.some((one) => one.id === id);
}
