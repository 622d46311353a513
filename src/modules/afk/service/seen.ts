import { LRUCache } from 'lru-cache';
import type { WriteBuffer } from '#lib/data/writeBuffer.js';
import { idsOf, memberKey } from '#lib/settings/personSet.js';
import { isDueAgain, seenEveryMs } from '../domain.js';
import type { OptOuts } from '../ports.js';
import type { SeenRepository, Sighting } from '../repository/seen.js';

export interface SeenParts {
	readonly repository: Pick<SeenRepository, 'find'>;
	readonly unwritten: WriteBuffer<Sighting>;
	readonly optOuts: OptOuts;
}

interface Remembered {
	at: number;
	channelId: string;
	/** When what is stored was said. */
	storedAt: number;
}

/** Members remembered: a few megabytes. */
const mostMembers = 50_000;

/** When somebody wrote last. */
export class SeenService {
	readonly #parts: SeenParts;
	readonly #remembered = new LRUCache<string, Remembered>({ max: mostMembers });

	public constructor(parts: SeenParts) {
		this.#parts = parts;
	}

	/** Runs for every message: looks into memory and asks nobody. `at`: when it was written. */
	public onMessage(guildId: string, userId: string, channelId: string, at: number): void {
		const key = memberKey(guildId, userId);
		const known = this.#remembered.get(key);
		if (known !== undefined && at > known.at) {
			known.at = at;
			known.channelId = channelId;
		}
		if (!isDueAgain(known?.storedAt, at, seenEveryMs)) return;
		if (this.#parts.optOuts.isOptedOut(userId, 'seen')) {
			if (known !== undefined) this.#remembered.delete(key);
			return;
		}
		if (!this.#parts.unwritten.add(key, { at, channelId })) return;
		if (known === undefined) this.#remembered.set(key, { at, channelId, storedAt: at });
		else known.storedAt = at;
	}

	/** Null when we don't know, or are not to say. */
	public async find(guildId: string, userId: string): Promise<Sighting | null> {
		if (this.#parts.optOuts.isOptedOut(userId, 'seen')) return null;
		const known = this.#remembered.get(memberKey(guildId, userId));
		const stored = await this.#parts.repository.find(guildId, userId);
		if (known === undefined) return stored;
		return stored === null || known.at >= stored.at ? { at: known.at, channelId: known.channelId } : stored;
	}

	/** Writes what was not written yet, for those who read what is stored. */
	public settle(): Promise<void> {
		return this.#parts.unwritten.flush();
	}

	/** Forgets what is remembered of a person and not written yet. */
	public forget(userId: string): void {
		const isTheirs = (key: string) => idsOf(key).userId === userId;
		this.#parts.unwritten.drop(isTheirs);
		for (const key of [...this.#remembered.keys()]) if (isTheirs(key)) this.#remembered.delete(key);
	}
}
