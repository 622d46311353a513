import type { Database } from '#lib/data/database.js';
import type { CaseFile } from '../domain/file.js';
import { readEvidence } from './evidence.js';
import { readCase, text } from './rows.js';

/** More than that follows from no case that a person looks at. */
const mostFollowers = 50;

/** Reads everything that is known about a case; null when there is none. */
export function caseFiles({ prisma }: Pick<Database, 'prisma'>) {
	return async (guildId: string, number: number): Promise<CaseFile | null> => {
		const key = { guildId: BigInt(guildId), number };
		const row = await prisma.moderationCase.findUnique({
			where: { guildId_number: key },
			include: { events: { orderBy: { id: 'asc' } }, evidence: { orderBy: { id: 'asc' } } }
		});
		if (row === null) return null;
		const followers = await prisma.moderationCase.findMany({
			where: { guildId: key.guildId, parentNumber: number, state: { not: 'deleted' } },
			select: { number: true },
			orderBy: { number: 'asc' },
			take: mostFollowers
		});
		return {
			case: readCase(row),
			events: row.events.map(({ kind, actorId, before, after, at }) => ({ kind, actorId: text(actorId), before, after, at: at.getTime() })),
			evidence: row.evidence.map(readEvidence),
			followers: followers.map((one) => one.number)
		};
	};
}
