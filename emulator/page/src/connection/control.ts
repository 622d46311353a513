import { Rest } from './rest.js';

/** Somebody whom a visitor can act as. */
export interface Person {
	id: string;
	name: string;
	display_name: string;
	token: string;
}

/** The line that the emulator prints, with all its people. */
export interface Town {
	gateway: string;
	cdn: string;
	applicationId: string;
	guildId: string;
	people: Person[];
}

export interface LedgerEntry {
	id: number;
	at: number;
	by: 'bot' | 'user' | 'none';
	userId: string | null;
	method: string;
	path: string;
	route: string | null;
	query: Record<string, string>;
	body?: unknown;
	files: { name: string; size: number }[];
	reason: string | null;
	status: number;
	code: number | null;
}

/** What only the emulator has: people, time, faults, the ledger. */
export const control = new Rest('/_emulator', null);

export async function loadTown(): Promise<Town> {
	const [town, people] = await Promise.all([control.get<Omit<Town, 'people'>>(''), control.get<Person[]>('/people')]);
	// The page may have been opened under another name of this machine than the emulator knows.
	return { ...town, gateway: `ws${location.protocol === 'https:' ? 's' : ''}://${location.host}/gateway`, people };
}
