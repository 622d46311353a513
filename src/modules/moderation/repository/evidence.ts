import type { CaseEvidence } from '#generated/prisma/client.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Timers } from '#lib/timers/timers.js';
import { caseKey } from '../domain/case.js';
import { type Evidence, linkName, mostEvidence } from '../domain/file.js';
import type { Order } from '../domain/order.js';
import { idOrNull } from './rows.js';
import { timerKinds } from './timerKinds.js';

export interface NewEvidence {
	readonly guildId: string;
	readonly number: number;
	readonly actorId: string;
	readonly now: number;
	readonly evidence: Evidence;
}

export type Added = 'added' | 'already' | 'full' | 'gone';

export interface EvidenceRows {
	/** `keep` holds the file from now on, in the same transaction; false: there is no such file. */
	add(added: NewEvidence, keep: (tx: Transaction) => Promise<boolean>): Promise<Added>;
	/** Takes all files and links from a case. */
	clear(tx: Transaction, guildId: string, number: number): Promise<readonly Evidence[]>;
}

/** The message that led to an order, `details.evidence`, belongs to its case from the beginning. */
export async function keepLink(tx: Transaction, { guildId, actorId, details }: Order, number: number, now: number): Promise<void> {
	const url = details['evidence'];
	if (typeof url !== 'string') return;
	const row = { guildId: BigInt(guildId), number, actorId: idOrNull(actorId), url, name: linkName(url), at: new Date(now) };
	await tx.caseEvidence.create({ data: row });
}

/** The files and links of a case, in the order in which they came. */
export function evidenceOf({ prisma }: Pick<Database, 'prisma'>) {
	return async ({ guildId, number }: { readonly guildId: string; readonly number: number }): Promise<readonly Evidence[]> => {
		const rows = await prisma.caseEvidence.findMany({ where: { guildId: BigInt(guildId), number }, orderBy: { id: 'asc' } });
		return rows.map(readEvidence);
	};
}

export function evidenceRows({ transaction }: Pick<Database, 'transaction'>, timers: Pick<Timers, 'schedule'>): EvidenceRows {
	return {
		add: ({ guildId, number, actorId, now, evidence }, keep) =>
			transaction(async (tx) => {
				const key = { guildId: BigInt(guildId), number };
				// Whoever else adds to this case, or deletes it, comes before or after us.
				const found = await tx.$queryRaw<unknown[]>`/* moderation: hold */
					SELECT 1 FROM mod_case WHERE guild_id = ${key.guildId} AND number = ${number} AND state <> 'deleted' FOR UPDATE`;
				if (found.length === 0) return 'gone';
				if ((await tx.caseEvidence.count({ where: key })) >= mostEvidence) return 'full';
				const row = { ...key, ...evidence, actorId: idOrNull(actorId), at: new Date(now) };
				const { count } = await tx.caseEvidence.createMany({ data: [row], skipDuplicates: true });
				if (count === 0) return 'already';
				if (!(await keep(tx))) throw new Error(`The file of case ${number} went before it was kept`);
				const event = { ...key, actorId: idOrNull(actorId), kind: 'evidence', after: evidence.name, at: new Date(now) };
				await tx.caseEvent.create({ data: event });
				await timers.schedule(tx, { kind: timerKinds.log, key: caseKey(guildId, number), guildId, dueAt: now });
				return 'added';
			}),
		async clear(tx, guildId, number) {
			const where = { guildId: BigInt(guildId), number };
			const rows = await tx.caseEvidence.findMany({ where, orderBy: { id: 'asc' } });
			await tx.caseEvidence.deleteMany({ where });
			return rows.map(readEvidence);
		}
	};
}

export function readEvidence({ name, contentType, blobHash, url }: CaseEvidence): Evidence {
	return { name, contentType, blobHash, url };
}
