import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import { discordSentence, isForbidden } from '#lib/errors/discordCodes.js';
import { afterSetback, isPaused, mostSetbacks, type Setback } from '../domain/setbacks.js';

/** `refused`: Discord does not let us. `gone`: what it was about is not there any more. `away`: Discord does not answer. */
export type Tried = 'done' | 'refused' | 'gone' | 'away' | 'paused';

/** As many things as are remembered: each is a few words. */
const most = 10_000;

/** What Discord refuses again and again rests for a while, and somebody hears of it once. Kept by this process alone. */
export class Setbacks {
	readonly #setbacks = new LRUCache<string, Setback>({ max: most });

	public constructor(private readonly clock: Clock) {}

	public isPaused(key: string): boolean {
		return isPaused(this.#setbacks.get(key), this.clock.now());
	}

	/** Does it, unless it rests. `tell`: once, when it begins to rest, after `most` refusals. Throws what is no answer of Discord's. */
	public async try(key: string, work: () => Promise<unknown>, tell: () => Promise<void>, most = mostSetbacks): Promise<Tried> {
		if (this.isPaused(key)) return 'paused';
		try {
			await work();
			this.#setbacks.delete(key);
			return 'done';
		} catch (error) {
			const tried = triedOf(error);
			if (tried === null) throw error;
			if (tried === 'refused') await this.refused(key, tell, most);
			return tried;
		}
	}

	/** Counts a refusal that was known beforehand, without asking Discord. */
	public async refused(key: string, tell: () => Promise<void>, most = mostSetbacks): Promise<void> {
		const after = afterSetback(this.#setbacks.get(key), this.clock.now(), most);
		this.#setbacks.set(key, after.setback);
		if (after.tell) await tell();
	}
}

function triedOf(error: unknown): 'refused' | 'gone' | 'away' | null {
	switch (discordSentence(error)) {
		case null:
			return isForbidden(error) ? 'refused' : null;
		case 'away':
			return 'away';
		case 'silent':
		case 'unknown-member':
		case 'unknown-user':
		case 'unknown-ban':
			return 'gone';
		default:
			return 'refused';
	}
}
