import type { Json } from '../state/types.js';

/** One request that reached the emulator, with what it was answered. */
export interface LedgerEntry {
	id: number;
	/** The world's time, in milliseconds since 1970. */
	at: number;
	by: 'bot' | 'user' | 'none';
	userId: string | null;
	method: string;
	/** Without `/api/v10` and without the query. */
	path: string;
	/** The route's pattern, or null when there is none. */
	route: string | null;
	query: Record<string, string>;
	body: Json | undefined;
	files: { name: string; size: number }[];
	reason: string | null;
	status: number;
	/** Discord's error code, when it was refused. */
	code: number | null;
}

/** The newest requests, as a ring: a soak test must not fill the memory. */
const KEPT = 50_000;

/** Every request, so that a test can say "exactly one announcement". */
export class Ledger {
	#entries: LedgerEntry[] = [];
	#nextId = 1;
	readonly #listeners = new Set<(entry: LedgerEntry) => void>();
	/** Requests for routes that the emulator does not have; a test run fails on them. */
	readonly unimplemented: string[] = [];
	/** Requests and answers outside Discord's description; a test run fails on them. */
	readonly violations: string[] = [];

	begin(entry: Omit<LedgerEntry, 'id' | 'status' | 'code'>): LedgerEntry {
		return { ...entry, id: this.#nextId++, status: 0, code: null };
	}

	/** Keeps an answered request. */
	end(entry: LedgerEntry, status: number, code: number | null): void {
		entry.status = status;
		entry.code = code;
		this.#entries.push(entry);
		if (this.#entries.length > KEPT * 2) this.#entries = this.#entries.slice(-KEPT);
		for (const listener of this.#listeners) listener(entry);
	}

	/** What was asked so far, oldest first; the bot's own requests unless told otherwise. */
	entries(by: LedgerEntry['by'] | 'all' = 'bot'): LedgerEntry[] {
		return by === 'all' ? [...this.#entries] : this.#entries.filter((entry) => entry.by === by);
	}

	clear(): void {
		this.#entries = [];
	}

	onEntry(listener: (entry: LedgerEntry) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}
