import type { MessageKey } from '#generated/messages.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';

/** What became of a person's rows in one table. */
export interface Erasure {
	/** Rows deleted or made anonymous. */
	readonly erased: number;
	/** Rows that had to stay as they are, and why. */
	readonly kept?: { readonly count: number; readonly reason: MessageKey };
}

/** How long rows of one table are kept. */
export interface Retention {
	readonly days: number;
	/** Deletes at most `limit` rows older than `before` (milliseconds since 1970). Answers how many. */
	purge(before: number, limit: number): Promise<number>;
}

/** A table with the id of a person. Every module registers each of its own. */
export interface PersonTable {
	/** The module whose data it is, for the order of the export. */
	readonly module: string;
	/** The name in the database. */
	readonly table: string;
	/** One sentence: what is stored there and what for. */
	readonly describe: MessageKey;
	/** All rows of the person, in plain words of the database; bigints and dates are turned into text. */
	export(userId: string): Promise<readonly object[]>;
	/** Deletes the person's rows or takes the person out of them. Call `record` for slots with other keys than the user's id, so that all processes forget. */
	erase(tx: Transaction, userId: string, record: RecordChange): Promise<Erasure>;
	readonly retention?: Retention;
}

/** A table without persons that is still not kept for ever. */
export interface RetainedTable {
	readonly table: string;
	readonly retention: Retention;
}

/** A table with guild ids that does not go with the row of the guild by itself (no foreign key). */
export interface GuildTable {
	readonly table: string;
	/** Deletes at most `limit` rows of that server. Answers how many. */
	purge(guildId: string, limit: number): Promise<number>;
}

/** Deletes what is stored for a feature when a person opts out of it. */
export type OptOutErasure = (tx: Transaction, userId: string, record: RecordChange) => Promise<number>;

/**
 * What is stored about persons and servers, by table: read by `mydata`, `forgetme`, `privacy` and the daily chore.
 *
 * A test over the Prisma schema fails when a table with a person's id is not registered.
 */
export class PrivacyRegistry {
	readonly #persons = new Map<string, PersonTable>();
	readonly #retained = new Map<string, RetainedTable>();
	readonly #guilds = new Map<string, GuildTable>();
	readonly #slots = new Map<string, string[]>();
	readonly #optOuts = new Map<string, OptOutErasure[]>();

	public get persons(): readonly PersonTable[] {
		return [...this.#persons.values()];
	}

	/** Every table with a retention, those with persons included. */
	public get retained(): readonly RetainedTable[] {
		const ofPersons = this.persons.flatMap(({ table, retention }) => (retention ? [{ table, retention }] : []));
		return [...ofPersons, ...this.#retained.values()];
	}

	public get guilds(): readonly GuildTable[] {
		return [...this.#guilds.values()];
	}

	/** Registering a table twice throws. */
	public person(entry: PersonTable): void {
		once(this.#persons, entry);
	}

	public retain(entry: RetainedTable): void {
		once(this.#retained, entry);
	}

	public guild(entry: GuildTable): void {
		once(this.#guilds, entry);
	}

	/** The slot of a `PersonSet` made from `table`, keyed by user id: it is read anew when that person's rows are erased. */
	public keptInMemory(table: string, slot: string): void {
		this.#slots.set(table, [...this.slotsOf(table), slot]);
	}

	public slotsOf(table: string): readonly string[] {
		return this.#slots.get(table) ?? [];
	}

	/** `feature` is a name of `privacy`: snipe, names, avatars, seen, lastfm, levels. */
	public onOptOut(feature: string, erase: OptOutErasure): void {
		this.#optOuts.set(feature, [...this.optOutErasures(feature), erase]);
	}

	public optOutErasures(feature: string): readonly OptOutErasure[] {
		return this.#optOuts.get(feature) ?? [];
	}
}

function once<T extends { readonly table: string }>(entries: Map<string, T>, entry: T): void {
	if (entries.has(entry.table)) throw new Error(`The table "${entry.table}" is registered twice for privacy`);
	entries.set(entry.table, entry);
}
