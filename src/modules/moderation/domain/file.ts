import type { Case } from './case.js';

/** What happened to a case afterwards. */
export type EventKind = 'reason' | 'duration' | 'evidence' | 'expired' | 'undone' | 'superseded' | 'removed' | 'deleted';

export interface CaseEvent {
	/** As it was written: kinds of later versions may be among them. */
	readonly kind: string;
	readonly actorId: string | null;
	readonly before: string | null;
	readonly after: string | null;
	readonly at: number;
}

/** A file or link that belongs to a case. */
export interface Evidence {
	readonly name: string;
	readonly contentType: string | null;
	/** The file; null for a link. */
	readonly blobHash: string | null;
	readonly url: string | null;
}

/** Everything that is known about a case. */
export interface CaseFile {
	readonly case: Case;
	/** Oldest first. */
	readonly events: readonly CaseEvent[];
	readonly evidence: readonly Evidence[];
	/** The cases that follow from it. */
	readonly followers: readonly number[];
}

/** How many files and links a case may have: Discord attaches ten to a message. */
export const mostEvidence = 10;
/** Discord: 10 MiB a file, for who has not paid for more. */
export const largestFile = 10_000_000;
/** What is attached to one message: Discord takes 25 MiB together. */
export const largestMessage = 25_000_000;

/** Files in as few messages as they fit into, in their order. */
export function inMessages<T extends { readonly size: number }>(files: readonly T[]): readonly (readonly T[])[] {
	const messages: T[][] = [];
	let room = 0;
	for (const file of files) {
		const last = messages.at(-1);
		if (last === undefined || file.size > room) {
			messages.push([file]);
			room = largestMessage - file.size;
		} else {
			last.push(file);
			room -= file.size;
		}
	}
	return messages;
}

/** What is handed in as evidence: a file that is fetched and kept, or a link that is kept as it is. */
export interface Offer {
	readonly kind: 'file' | 'link';
	readonly url: string;
	readonly name: string;
}

const longestName = 100;
const longestUrl = 500;

/**
 * Reads a link. One below an address where Discord keeps its files is a file: Discord's links to them end after a day. Null when it is
 * no link.
 */
export function offerOfLink(typed: string, filesOfDiscord: readonly string[]): Offer | null {
	const url = URL.parse(typed.replace(/^<(.+)>$/, '$1'));
	if (url === null || url.href.length > longestUrl || url.username !== '' || url.password !== '') return null;
	if (filesOfDiscord.some((base) => url.href.startsWith(`${base}/attachments/`) || url.href.startsWith(`${base}/ephemeral-attachments/`))) {
		const last = url.pathname.split('/').at(-1) ?? '';
		return { kind: 'file', url: url.href, name: last.slice(-longestName) || url.host };
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
	return { kind: 'link', url: url.href, name: linkName(url.href) };
}

/** What a link is called: its address without what is the same for all. */
export function linkName(address: string): string {
	const url = URL.parse(address);
	return (url === null ? address : `${url.host}${url.pathname}`).slice(0, longestName);
}

/** A file as somebody attached it. The end of its name says what it is. */
export function offerOfFile({ url, name }: { readonly url: string; readonly name: string }): Offer {
	return { kind: 'file', url, name: name.slice(-longestName) };
}
