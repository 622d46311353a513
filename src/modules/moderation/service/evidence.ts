import type { Blobs } from '#lib/blobs/blobs.js';
import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Transaction } from '#lib/data/transaction.js';
import { type Evidence, largestFile, mostEvidence, type Offer, offerOfLink } from '../domain/file.js';
import type { EvidenceRows } from '../repository/evidence.js';

/** A file as it was fetched. */
export interface FetchedFile {
	readonly bytes: Uint8Array;
	readonly contentType: string;
}

export interface EvidenceParts {
	readonly rows: EvidenceRows;
	readonly blobs: Pick<Blobs, 'put' | 'keep' | 'get' | 'release'>;
	/** Fetches what a person gave the address of. `away`: it is not there, or may not be asked. */
	readonly fetch: (url: string, maxBytes: number) => Promise<FetchedFile | 'too-large' | 'away'>;
	/** Where Discord keeps its files. */
	readonly filesOfDiscord: readonly string[];
	readonly clock: Clock;
	readonly newKey: () => string;
	/** The message of the case in the log channel is brought up to date. */
	readonly wake: () => void;
}

export interface EvidenceFile {
	readonly name: string;
	readonly bytes: Uint8Array;
	readonly size: number;
}

export type EvidenceRefusal = 'no-such-case' | 'evidence-full' | 'evidence-already' | 'evidence-too-large' | 'evidence-away';

/** Without a case by then, the file goes again. */
const waitMs = 3_600_000;

/** Files and links that belong to a case. Discord's own links to files end after a day, so the files are kept here. */
export class EvidenceStore {
	readonly #parts: EvidenceParts;

	public constructor(parts: EvidenceParts) {
		this.#parts = parts;
	}

	public offerOf(link: string): Outcome<Offer, 'not-a-link'> {
		const offer = offerOfLink(link, this.#parts.filesOfDiscord);
		return offer === null ? refuse('not-a-link') : accept(offer);
	}

	public async add(
		about: { readonly guildId: string; readonly number: number; readonly actorId: string },
		offer: Offer
	): Promise<Outcome<Evidence, EvidenceRefusal>> {
		const { rows, clock } = this.#parts;
		const name = offer.name;
		if (offer.kind === 'link') {
			const evidence = { name, url: offer.url, blobHash: null, contentType: null };
			return this.#answer(await rows.add({ ...about, now: clock.now(), evidence }, async () => true), evidence, about.number);
		}
		const fetched = await this.#parts.fetch(offer.url, largestFile);
		if (fetched === 'too-large') return refuse('evidence-too-large', { name, megabytes: largestFile / 1_000_000 });
		if (fetched === 'away') return refuse('evidence-away', { name });
		const { bytes, contentType } = fetched;
		const use = { guildId: about.guildId, name, contentType };
		const now = clock.now();
		// Held under a name of its own until its row is written: who is killed in between leaves nothing behind.
		const waiting = `upload:${this.#parts.newKey()}`;
		const { hash } = await this.#parts.blobs.put(bytes, { ...use, owner: waiting, expiresAt: now + waitMs });
		const evidence = { name, url: null, blobHash: hash, contentType };
		const kept = { ...use, owner: ownerOf(about), expiresAt: null };
		const added = await rows.add({ ...about, now, evidence }, (tx) => this.#parts.blobs.keep(tx, hash, kept));
		await this.#parts.blobs.release(hash, waiting);
		return this.#answer(added, evidence, about.number);
	}

	/** The files of a case; one that is lost is left out. */
	public async files(
		about: { readonly guildId: string; readonly number: number },
		evidence: readonly Evidence[]
	): Promise<readonly EvidenceFile[]> {
		const held = await Promise.all(
			evidence.map(({ blobHash }) => (blobHash === null ? null : this.#parts.blobs.get(blobHash, ownerOf(about))))
		);
		return held.flatMap((blob) => (blob === null ? [] : [{ name: blob.name, bytes: blob.bytes, size: blob.size }]));
	}

	/** Takes everything from a case that is deleted, in that transaction. */
	public async clear(tx: Transaction, about: { readonly guildId: string; readonly number: number }): Promise<void> {
		const { rows, blobs, clock } = this.#parts;
		for (const { blobHash, name, contentType } of await rows.clear(tx, about.guildId, about.number)) {
			if (blobHash === null) continue;
			const over = { owner: ownerOf(about), guildId: about.guildId, name, contentType: contentType ?? '', expiresAt: clock.now() };
			await blobs.keep(tx, blobHash, over);
		}
	}

	#answer(added: Awaited<ReturnType<EvidenceRows['add']>>, evidence: Evidence, number: number): Outcome<Evidence, EvidenceRefusal> {
		if (added === 'added') {
			this.#parts.wake();
			return accept(evidence);
		}
		if (added === 'gone') return refuse('no-such-case', { number });
		return added === 'full'
			? refuse('evidence-full', { max: mostEvidence, number })
			: refuse('evidence-already', { number, name: evidence.name });
	}
}

function ownerOf({ guildId, number }: { readonly guildId: string; readonly number: number }): string {
	return `case:${guildId}:${number}`;
}
