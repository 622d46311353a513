import type { MessageKey } from '#generated/messages.js';
import type { Transaction } from './repository.js';
import type { RecordChange } from './settingsHub.js';

/** What is asked of a table, as Prisma answers it: `(tx) => tx.reminder`. */
export interface ChannelRows {
	count(args: { readonly where: object }): PromiseLike<number>;
	findMany(args: { readonly where: object }): PromiseLike<readonly object[]>;
	updateMany(args: { readonly where: object; readonly data: object }): PromiseLike<{ readonly count: number }>;
	deleteMany(args: { readonly where: object }): PromiseLike<{ readonly count: number }>;
}

/** A field with the id of a channel. */
export interface ChannelField {
	readonly field: string;
	/** What people know it as, with a `count`: "the log channel", "2 reminders". Left out: nobody has set it, so nobody has to hear of it. */
	readonly describe?: MessageKey;
	/** Which rows count for that. All, unless it is given. */
	readonly counts?: object;
	/** Fields that are emptied when it follows to another channel: the messages that they name were in the old one. */
	readonly clears?: readonly string[];
}

/** A table of things in servers (`guildId`) in which channels are kept. Every module registers each of its own. */
export interface ChannelTable {
	readonly module: string;
	/** The name in the database. */
	readonly table: string;
	readonly fields: readonly ChannelField[];
	rows(tx: Transaction): ChannelRows;
	/** What its key is made of besides server and channel: of two rows that would become one, the older channel's stays. */
	readonly keyedBy?: readonly string[];
	/** The settings slot, with servers for keys, that is made of it. */
	readonly slot?: string;
	/** What names the channel in other ways than in a field of its own. */
	also?(tx: Transaction, move: ChannelMove): Promise<void>;
	/** Takes out what was kept about a channel that is gone, and tells who has to know. */
	forget?(gone: GoneChannel): Promise<void>;
}

/** One channel takes the place of another. */
export interface ChannelMove {
	readonly guildId: string;
	readonly from: string;
	readonly to: string;
	/** Who did it: for the record of changes. */
	readonly actorId: string;
}

export interface GoneChannel {
	readonly guildId: string;
	readonly channelId: string;
	/** Who takes it out, for the record of changes. */
	readonly botId: string;
}

/** How much of one kind is kept about a channel. */
export interface ChannelUse {
	readonly describe: MessageKey;
	readonly count: number;
}

/**
 * Everything that is kept about channels, by table: one registration serves a channel that is deleted and one that is replaced.
 *
 * A test over the Prisma schema fails when a column with the id of a channel is not registered.
 */
export class ChannelReferences {
	readonly #tables = new Map<string, ChannelTable>();

	public get tables(): readonly ChannelTable[] {
		return [...this.#tables.values()];
	}

	/** Registering a table twice throws. */
	public register(entry: ChannelTable): void {
		if (this.#tables.has(entry.table)) throw new Error(`The table "${entry.table}" is registered twice for its channels`);
		this.#tables.set(entry.table, entry);
	}

	/** What people have set that names the channel. */
	public async usesOf(db: Transaction, guildId: string, channelId: string): Promise<readonly ChannelUse[]> {
		const asked = this.tables.flatMap(({ rows, fields }) =>
			fields.map(async ({ field, describe, counts = {} }): Promise<readonly ChannelUse[]> => {
				if (describe === undefined) return [];
				const count = await rows(db).count({ where: { ...counts, guildId: BigInt(guildId), [field]: BigInt(channelId) } });
				return count === 0 ? [] : [{ describe, count }];
			})
		);
		return (await Promise.all(asked)).flat();
	}

	/**
	 * Lets everything that is kept about one channel be about the other, in the caller's transaction, which holds the row of the server
	 * (`lockGuild`). Twice is fine.
	 */
	public async repoint(tx: Transaction, move: ChannelMove, change: RecordChange): Promise<void> {
		for (const entry of this.tables) {
			const followed: string[] = [];
			for (const one of entry.fields) if (await moveField(tx, entry, one, move)) followed.push(one.field);
			await entry.also?.(tx, move);
			if (entry.slot === undefined || followed.length === 0) continue;
			const fields = (id: string) => Object.fromEntries(followed.map((field) => [field, id]));
			const { guildId, actorId, from, to } = move;
			await change(entry.slot, guildId, { guildId, actorId, before: fields(from), after: fields(to) });
		}
	}

	/** A channel is gone, and nothing has taken its place. Where one module fails, the others go on. */
	public async forget(gone: GoneChannel): Promise<void> {
		const outcomes = await Promise.allSettled(this.tables.map(async (entry) => entry.forget?.(gone)));
		const faults = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
		if (faults.length === 1) throw faults[0];
		if (faults.length > 1) throw new AggregateError(faults, 'What was kept about a channel could not be forgotten');
	}
}

/** True when a row followed. */
async function moveField(
	tx: Transaction,
	{ rows, keyedBy }: ChannelTable,
	{ field, clears = [] }: ChannelField,
	{ guildId, from, to }: ChannelMove
): Promise<boolean> {
	const at = (channelId: string) => ({ guildId: BigInt(guildId), [field]: BigInt(channelId) });
	if (keyedBy !== undefined) {
		const keyOf = (row: object) => Object.fromEntries(keyedBy.map((name) => [name, Reflect.get(row, name) as unknown]));
		const keys = (await rows(tx).findMany({ where: at(from) })).map(keyOf);
		if (keys.length === 0) return false;
		// Where server and channel are the whole key, Prisma would take an empty alternative for none.
		await rows(tx).deleteMany({ where: { ...at(to), ...(keyedBy.length > 0 && { OR: keys }) } });
	}
	const emptied = Object.fromEntries(clears.map((name) => [name, null]));
	const { count } = await rows(tx).updateMany({ where: at(from), data: { ...emptied, [field]: BigInt(to) } });
	return count > 0;
}

declare module '@sapphire/pieces' {
	interface Container {
		channelReferences: ChannelReferences;
	}
}
