import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { CachedSettings, SettingsEntry } from '#lib/settings/cachedSettings.js';
import type { PersonSet } from '#lib/settings/personSet.js';
import { defaultPrefix, judgePrefix, type PrefixRefusal, type PrefixView } from './domain.js';
import type { PrefixChange, PrefixRepository } from './repository.js';

export interface GuildPrefixSettings {
	readonly prefix: string;
}

/** The list that the parser takes is made once for each value of the setting. */
export type GuildPrefixes = CachedSettings<GuildPrefixSettings, readonly string[]>;

export interface PrefixesParts {
	readonly repository: Pick<PrefixRepository, 'changeGuild' | 'changeSelf'>;
	readonly guilds: GuildPrefixes;
	readonly selves: PersonSet<string>;
	readonly clock: Clock;
}

const usual: readonly string[] = [defaultPrefix];
/** How often a bare mention is answered per person. */
const mentionEveryMs = 10_000;
const mostMentioners = 10_000;

/** Which words call the bot, in a server and for a person. */
export class PrefixesService {
	readonly #parts: PrefixesParts;
	readonly #answeredAt = new LRUCache<string, number>({ max: mostMentioners });

	public constructor(parts: PrefixesParts) {
		this.#parts = parts;
	}

	/** The prefixes that count for a message; at once when the server is warm. Null: a direct message. */
	public prefixesFor(guildId: string | null, userId: string): readonly string[] | Promise<readonly string[]> {
		if (guildId === null) return usual;
		const self = this.#parts.selves.getOr(userId, null);
		const entry = this.#parts.guilds.get(guildId);
		return entry instanceof Promise ? this.#whenRead(entry, self) : withSelf(entry, self);
	}

	public async view(guildId: string | null, userId: string): Promise<PrefixView> {
		if (guildId === null) return { guild: defaultPrefix, self: null };
		const [guild = defaultPrefix] = await this.prefixesFor(guildId, userId);
		return { guild, self: this.#parts.selves.getOr(userId, null) };
	}

	/** Answers what was there before, for the sentence "old → new". */
	public setGuildPrefix(guildId: string, actorId: string, wanted: string): Promise<Outcome<PrefixChange, PrefixRefusal>> {
		const now = this.#parts.clock.now();
		return this.#parts.repository.changeGuild({ guildId, actorId, now }, (stored) => judgePrefix(wanted, stored ?? defaultPrefix));
	}

	public resetGuildPrefix(guildId: string, actorId: string): Promise<Outcome<PrefixChange, 'not-changed'>> {
		const now = this.#parts.clock.now();
		return this.#parts.repository.changeGuild({ guildId, actorId, now }, (stored) =>
			stored === null ? refuse('not-changed', { prefix: defaultPrefix }) : accept(null)
		);
	}

	public setSelfPrefix(userId: string, wanted: string): Promise<Outcome<PrefixChange, PrefixRefusal>> {
		return this.#parts.repository.changeSelf(userId, (stored) => judgePrefix(wanted, stored));
	}

	public clearSelfPrefix(userId: string): Promise<Outcome<PrefixChange, 'no-self-prefix'>> {
		return this.#parts.repository.changeSelf(userId, (stored) => (stored === null ? refuse('no-self-prefix') : accept(null)));
	}

	/** Whether a bare mention by this person is answered now: once in ten seconds. */
	public mayAnswerMention(userId: string): boolean {
		const now = this.#parts.clock.now();
		const last = this.#answeredAt.get(userId);
		if (last !== undefined && now - last < mentionEveryMs) return false;
		this.#answeredAt.set(userId, now);
		return true;
	}

	/** While storage is away the usual prefix works, so that help and ping answer. */
	async #whenRead(
		reading: Promise<SettingsEntry<GuildPrefixSettings, readonly string[]>>,
		self: string | null
	): Promise<readonly string[]> {
		try {
			return withSelf(await reading, self);
		} catch (error) {
			if (!isStorageAway(error)) throw error;
			return self === null ? usual : [...usual, self];
		}
	}
}

function withSelf({ derived }: SettingsEntry<GuildPrefixSettings, readonly string[]>, self: string | null): readonly string[] {
	return self === null ? derived : [...derived, self];
}
