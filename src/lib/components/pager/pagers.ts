import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Pages } from './pagesView.js';

export type Turn = 'first' | 'previous' | 'next' | 'last';

interface Pager {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string;
	readonly module: string;
	readonly pages: Pages;
	index: number;
	idle: NodeJS.Timeout | null;
	onIdle: (index: number) => void;
}

/** A pager as it stands. */
export interface Place {
	readonly nonce: string;
	readonly pages: Pages;
	readonly index: number;
}

export interface PagerPress {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string | null;
}

export type PagerRefusal = 'expired' | 'not-yours';

/**
 * The pagers that can still be turned. They live in this process only; after a restart, or when pushed out by newer ones, their
 * buttons answer that they have expired.
 */
export class Pagers {
	readonly #pagers: LRUCache<string, Pager>;

	/** `idleMs` real time since the last press; `most` pagers at once. */
	public constructor(
		private readonly idleMs = 180_000,
		most = 500
	) {
		this.#pagers = new LRUCache({ max: most, dispose: (pager) => pager.idle !== null && clearTimeout(pager.idle) });
	}

	public open(owner: { userId: string; channelId: string; module: string }, pages: Pages): Place {
		const pager: Pager = { ...owner, nonce: randomBytes(12).toString('base64url'), pages, index: 0, idle: null, onIdle: () => undefined };
		this.#pagers.set(pager.nonce, pager);
		return pager;
	}

	/** Starts the clock: `onIdle` is told the page that is shown when nobody has pressed for a while. */
	public start(nonce: string, onIdle: (index: number) => void): void {
		const pager = this.#pagers.peek(nonce);
		if (pager === undefined) return;
		pager.onIdle = onIdle;
		this.#touch(pager);
	}

	public find(nonce: string): { readonly module: string } | null {
		return this.#pagers.peek(nonce) ?? null;
	}

	/** Looks whether this person may press, and counts as a press. */
	public visit(press: PagerPress): Outcome<Place, PagerRefusal> {
		const pager = this.#pagers.get(press.nonce);
		if (pager === undefined || pager.channelId !== press.channelId) return refuse('expired');
		if (pager.userId !== press.userId) return refuse('not-yours');
		this.#touch(pager);
		return accept(pager);
	}

	public turn(press: PagerPress, turn: Turn): Outcome<Place, PagerRefusal> {
		return this.#show(press, (index, count) => turned(index, count, turn));
	}

	/** `wanted` is what was typed: a whole number from 1 to the number of pages. */
	public goTo(press: PagerPress, wanted: string): Outcome<Place, PagerRefusal | 'no-such-page'> {
		const visited = this.visit(press);
		if (!visited.ok) return visited;
		const { count } = visited.value.pages;
		const page = /^\d{1,9}$/.test(wanted.trim()) ? Number(wanted) : 0;
		if (page < 1 || page > count) return refuse('no-such-page', { pages: count });
		return this.#show(press, () => page - 1);
	}

	/** Takes the pager away; its message is the caller's to delete. */
	public remove(press: PagerPress): Outcome<Place, PagerRefusal> {
		const visited = this.visit(press);
		if (visited.ok) this.drop(press.nonce);
		return visited;
	}

	public drop(nonce: string): void {
		this.#pagers.delete(nonce);
	}

	#show(press: PagerPress, next: (index: number, count: number) => number): Outcome<Place, PagerRefusal> {
		const visited = this.visit(press);
		const pager = this.#pagers.peek(press.nonce);
		if (!visited.ok || pager === undefined) return visited;
		pager.index = next(pager.index, pager.pages.count);
		return accept({ nonce: pager.nonce, pages: pager.pages, index: pager.index });
	}

	#touch(pager: Pager): void {
		if (pager.idle !== null) clearTimeout(pager.idle);
		pager.idle = setTimeout(() => {
			this.drop(pager.nonce);
			pager.onIdle(pager.index);
		}, this.idleMs);
		pager.idle.unref();
	}
}

/** Past either end it goes on at the other. */
function turned(index: number, count: number, turn: Turn): number {
	if (turn === 'first') return 0;
	if (turn === 'last') return count - 1;
	return (index + (turn === 'next' ? 1 : -1) + count) % count;
}
