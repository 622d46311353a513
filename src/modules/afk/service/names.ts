import { LRUCache } from 'lru-cache';
import type { WriteBuffer } from '#lib/data/writeBuffer.js';
import {
	type NameChange,
	type NameKind,
	type NameRecord,
	type Names,
	nameChanges,
	nameKey,
	nameKinds,
	personOfNameKey
} from '../domain.js';
import type { OptOuts } from '../ports.js';
import type { NamesRepository } from '../repository/names.js';

export interface NamesParts {
	readonly repository: Pick<NamesRepository, 'list' | 'count' | 'forget'>;
	readonly unwritten: WriteBuffer<readonly NameChange[]>;
	readonly optOuts: OptOuts;
}

/** What an event says about a person's names. */
export interface NamesSeen {
	readonly userId: string;
	readonly guildId: string;
	readonly now: Names;
	/** As they were, where that is known. */
	readonly before: Names;
	readonly at: number;
}

const mostKnown = 50_000;

/** The names that people had. */
export class NamesService {
	readonly #parts: NamesParts;
	/** The latest name of each key, so that an update that changes no name costs nothing. */
	readonly #known = new LRUCache<string, string>({ max: mostKnown });

	public constructor(parts: NamesParts) {
		this.#parts = parts;
	}

	/** Runs for every update of a member: asks nobody. What is new is stored within a second. */
	public onNames({ userId, guildId, now, before, at }: NamesSeen): void {
		for (const kind of nameKinds) {
			const value = now[kind];
			if (value === null || value === '') continue;
			const who = { userId, kind, guildId: kind === 'nickname' ? guildId : null, at };
			const key = nameKey(who);
			if (this.#known.get(key) === value) continue;
			if (this.#parts.optOuts.isOptedOut(userId, 'names')) continue;
			if (this.#parts.unwritten.add(key, nameChanges(who, before[kind], value))) this.#known.set(key, value);
		}
	}

	/** Newest first, at most 100; nicknames of this server only. */
	public async list(userId: string, guildId: string, kind: NameKind | null): Promise<readonly NameRecord[]> {
		if (this.#parts.optOuts.isOptedOut(userId, 'names')) return [];
		await this.#parts.unwritten.flush();
		return this.#parts.repository.list(userId, guildId, kind === null ? nameKinds : [kind]);
	}

	public async count(userId: string): Promise<number> {
		await this.#parts.unwritten.flush();
		return this.#parts.repository.count(userId);
	}

	/** Deletes all names of a person, those of other servers too. Answers how many. */
	public async clear(userId: string): Promise<number> {
		await this.#parts.unwritten.flush();
		return this.#parts.repository.forget([userId]);
	}

	/** Forgets what is remembered of a person and not written yet. */
	public forget(userId: string): void {
		const isTheirs = (key: string) => personOfNameKey(key) === userId;
		this.#parts.unwritten.drop(isTheirs);
		for (const key of [...this.#known.keys()]) if (isTheirs(key)) this.#known.delete(key);
	}
}
