import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { CachedSettings } from '#lib/settings/cachedSettings.js';
import { clearCorner, setCorner, setPrivateMessage, switchPrivate } from '../domain/config.js';
import { type GuildRestrictions, mostOf, type Restriction, type RestrictionConfig, type RestrictionKind } from '../domain/restriction.js';
import type { Who } from '../ports.js';
import type { ConfigChange, ConfigRepository } from '../repository/config.js';
import type { RestrictionRepository } from '../repository/restrictions.js';

export interface RuleParts {
	readonly guilds: CachedSettings<GuildRestrictions>;
	readonly config: ConfigRepository;
	readonly rows: RestrictionRepository;
	/** Ends the cases of everybody who is in the corner, in the caller's transaction; nobody else comes in until it ends. */
	readonly endDetentions: (tx: Transaction, change: Change) => Promise<void>;
	readonly clock: Clock;
}

type ConfigChangeAlso = NonNullable<Parameters<ConfigRepository['change']>[2]>;
type Changed<Code extends string> = Promise<Outcome<ConfigChange, Code>>;

/** Who changes something in which server. */
export interface Change {
	readonly guildId: string;
	readonly actorId: string;
}

/** What a server sets: its private mode with the whitelist, and its naughty corner. */
export class Rules {
	public constructor(private readonly parts: RuleParts) {}

	public async of(guildId: string): Promise<RestrictionConfig> {
		return (await this.parts.guilds.get(guildId)).settings;
	}

	/** Newest first. */
	public list(guildId: string, kind: RestrictionKind): Promise<readonly Restriction[]> {
		return this.parts.rows.list(guildId, kind);
	}

	public find(who: Who, kind: RestrictionKind): Promise<Restriction | null> {
		return this.parts.rows.find(who, kind);
	}

	/** Members who are inside already are left alone. */
	public switchPrivate(change: Change, wanted: boolean): Changed<'already-private' | 'not-private'> {
		return this.#change(change, (config) => switchPrivate(config, wanted));
	}

	public setPrivateMessage(change: Change, text: string | null): Changed<'same-message' | 'no-message'> {
		return this.#change(change, (config) => setPrivateMessage(config, text));
	}

	/** Lets somebody in while the server is private. */
	public async allow(
		{ guildId, actorId }: Change,
		user: { readonly id: string; readonly username: string }
	): Promise<Outcome<null, 'already-allowed' | 'too-many'>> {
		const { clock, rows } = this.parts;
		const kind = 'private_allow';
		const who = { guildId, userId: user.id, userName: user.username };
		const row: Restriction = { ...who, kind, value: null, actorId, reason: null, at: clock.now(), expiresAt: null };
		switch (await rows.add(row, mostOf[kind])) {
			case 'added':
				return accept(null);
			case 'there':
				return refuse('already-allowed', { user: user.username });
			case 'full':
				return refuse('too-many', { most: mostOf[kind] });
		}
	}

	/** Who is inside already stays. */
	public async disallow(
		{ guildId }: Pick<Change, 'guildId'>,
		user: { readonly id: string; readonly username: string }
	): Promise<Outcome<null, 'not-allowed'>> {
		const removed = await this.parts.rows.remove({ guildId, userId: user.id }, 'private_allow');
		return removed ? accept(null) : refuse('not-allowed', { user: user.username });
	}

	public setCorner(change: Change, channelId: string): Changed<'same-corner'> {
		return this.#change(change, (config) => setCorner(config, channelId));
	}

	/** Everybody in it is free. Answers how many. */
	public async closeCorner(change: Change): Promise<Outcome<number, 'no-corner'>> {
		const count = await this.parts.rows.count(change.guildId, 'detention');
		const free: ConfigChangeAlso = async (tx) => {
			await this.parts.endDetentions(tx, change);
			// The change of the settings is heard anyway.
			await this.parts.rows.liftAll(tx, change.guildId, 'detention', async () => undefined);
		};
		const changed = await this.#change(change, (config) => clearCorner(config), free);
		return changed.ok ? accept(count) : changed;
	}

	/** Its channel is gone. Who was in it is still to be kept, once there is another one. True for the first who says so. */
	public async forgetCorner(change: Change, channelId: string): Promise<boolean> {
		if ((await this.of(change.guildId)).detentionChannelId !== channelId) return false;
		return (await this.#change(change, (config) => clearCorner(config, channelId))).ok;
	}

	#change<Code extends string>(
		{ guildId, actorId }: Change,
		decide: (config: RestrictionConfig) => Outcome<Partial<RestrictionConfig>, Code>,
		also?: ConfigChangeAlso
	): Changed<Code> {
		return this.parts.config.change({ guildId, actorId, now: this.parts.clock.now() }, decide, also);
	}
}
