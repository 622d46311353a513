import type { ChainableCommander } from 'ioredis';
import { wholeTtl } from './localStore.js';
import { incrementScript } from './scripts.js';

type Entry =
	| { readonly kind: 'set'; readonly key: string; readonly text: string; readonly until: number | null }
	| { readonly kind: 'setIfAbsent'; readonly key: string; readonly text: string; readonly until: number }
	| { readonly kind: 'increment'; readonly key: string; readonly by: number; readonly until: number }
	| { readonly kind: 'delete'; readonly key: string };

/** Writes kept at most; the oldest are forgotten first. */
const limit = 10_000;

/**
 * What was written while Redis was away, to be written there when it is back: else a claim taken during the outage could
 * be taken again, and a value deleted during it would come back.
 */
export class OutageJournal {
	#entries: Entry[] = [];

	public get empty(): boolean {
		return this.#entries.length === 0;
	}

	public add(entry: Entry): void {
		if (this.#entries.length >= limit) this.#entries = this.#entries.slice(limit / 2);
		this.#entries.push(entry);
	}

	/** Hands over the oldest entries; give them back with `putBack` when they could not be written. */
	public take(count: number): readonly Entry[] {
		return this.#entries.splice(0, count);
	}

	public putBack(entries: readonly Entry[]): void {
		this.#entries = [...entries, ...this.#entries].slice(-limit);
	}
}

/** Adds the writes to a pipeline; those whose time is over by `now` (real time, ms) are left out. */
export function replay(entries: readonly Entry[], pipeline: ChainableCommander, now: number): void {
	for (const entry of entries) {
		if (entry.kind === 'delete') {
			pipeline.del(entry.key);
			continue;
		}
		if (entry.kind === 'set' && entry.until === null) {
			pipeline.set(entry.key, entry.text);
			continue;
		}
		const left = (entry.until ?? now) - now;
		if (left <= 0) continue;
		if (entry.kind === 'set') pipeline.set(entry.key, entry.text, 'PX', wholeTtl(left));
		else if (entry.kind === 'setIfAbsent') pipeline.set(entry.key, entry.text, 'PX', wholeTtl(left), 'NX');
		else pipeline.eval(incrementScript, 1, entry.key, entry.by, wholeTtl(left));
	}
}
