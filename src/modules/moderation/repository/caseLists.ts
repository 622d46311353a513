import type { Prisma } from '#generated/prisma/client.js';
import type { Database } from '#lib/data/database.js';
import type { Case } from '../domain/case.js';
import { numbersBeginningWith } from '../domain/caseSpan.js';
import { readCase, text } from './rows.js';

export interface CaseFilter {
	readonly guildId: string;
	readonly userId?: string | null;
	readonly moderatorId?: string | null;
	readonly type?: string | null;
	/** Types that are counted, and not listed unless they are asked for. */
	readonly without?: readonly string[];
}

/** How many cases of each type. */
export type TypeCounts = ReadonlyMap<string, number>;

export interface CaseList {
	/** Newest first, at most as many as were asked for. */
	readonly cases: readonly Case[];
	/** Of all that fit, those that are not listed included. */
	readonly counts: TypeCounts;
}

export interface ModeratorCounts {
	/** Null: people who were erased, all together. */
	readonly moderatorId: string | null;
	readonly counts: TypeCounts;
	readonly total: number;
}

export interface CaseLists {
	list(filter: CaseFilter, limit: number): Promise<CaseList>;
	/** Who did how much since then (milliseconds since 1970), the busiest first. */
	byModerator(guildId: string, since: number | null, moderatorId: string | null): Promise<readonly ModeratorCounts[]>;
	/** The newest cases whose number begins, or whose reason goes on, with what was typed. */
	suggest(guildId: string, typed: string, limit: number): Promise<readonly Case[]>;
	/** Reasons that were given lately, the last one first. */
	recentReasons(guildId: string, typed: string, limit: number): Promise<readonly string[]>;
}

/** So far back are reasons looked for. */
const remembered = 500;
/** Discord: the longest value of a suggestion. */
const longestReason = 100;

/** Cases by what they have in common. Deleted ones are never among them. */
export function caseLists({ prisma }: Pick<Database, 'prisma'>): CaseLists {
	const newest = { number: 'desc' } as const;
	return {
		async list(filter, limit) {
			const where = whereOf(filter);
			const { without = [], type = null } = filter;
			const listed = type === null ? { ...where, type: { notIn: [...without] } } : where;
			const [rows, counted] = await Promise.all([
				prisma.moderationCase.findMany({ where: listed, orderBy: newest, take: limit }),
				prisma.moderationCase.groupBy({ by: ['type'], where, _count: { _all: true } })
			]);
			return { cases: rows.map(readCase), counts: mostFirst(counted.map((one) => [one.type, one._count._all])) };
		},
		async byModerator(guildId, since, moderatorId) {
			const where = { ...whereOf({ guildId, moderatorId }), ...(since !== null && { at: { gte: new Date(since) } }) };
			const rows = await prisma.moderationCase.groupBy({ by: ['moderatorId', 'type'], where, _count: { _all: true } });
			const moderators = Map.groupBy(rows, (row) => text(row.moderatorId));
			const counted = [...moderators].map(([id, own]) => {
				const counts = mostFirst(own.map((one) => [one.type, one._count._all]));
				return { moderatorId: id, counts, total: [...counts.values()].reduce((sum, count) => sum + count, 0) };
			});
			return counted.sort((a, b) => b.total - a.total);
		},
		async suggest(guildId, typed, limit) {
			const word = typed.trim().replace(/^#/, '');
			const ranges = numbersBeginningWith(word).map(({ from, to }) => ({ number: { gte: from, lte: to } }));
			const fits: Prisma.ModerationCaseWhereInput =
				word === '' ? {} : ranges.length > 0 ? { OR: ranges } : { reason: { contains: word, mode: 'insensitive' } };
			const recent = ranges.length > 0 ? {} : await since(guildId);
			const where = { AND: [whereOf({ guildId }), fits, recent] };
			return (await prisma.moderationCase.findMany({ where, orderBy: newest, take: limit })).map(readCase);
		},
		async recentReasons(guildId, typed, limit) {
			const rows = await prisma.$queryRaw<{ reason: string }[]>`/* moderation: reasons */
				SELECT reason FROM (
					SELECT number, reason FROM mod_case
					WHERE guild_id = ${BigInt(guildId)} AND state <> 'deleted' AND type <> 'note'
					ORDER BY number DESC LIMIT ${remembered}
				) AS lately
				WHERE length(reason) <= ${longestReason} AND position(lower(${typed}) IN lower(reason)) > 0
				GROUP BY reason ORDER BY max(number) DESC LIMIT ${limit}`;
			return rows.map(({ reason }) => reason);
		}
	};

	/** Only the last ones are searched by their text: there is no index over it. */
	async function since(guildId: string): Promise<Prisma.ModerationCaseWhereInput> {
		const counter = await prisma.caseCounter.findUnique({ where: { guildId: BigInt(guildId) } });
		return { number: { gt: (counter?.last ?? 0) - remembered } };
	}
}

function whereOf({ guildId, userId = null, moderatorId = null, type = null }: CaseFilter) {
	return {
		guildId: BigInt(guildId),
		state: { not: 'deleted' },
		...(userId !== null && { userId: BigInt(userId) }),
		...(moderatorId !== null && { moderatorId: BigInt(moderatorId) }),
		...(type !== null && { type })
	} satisfies Prisma.ModerationCaseWhereInput;
}

function mostFirst(entries: readonly (readonly [string, number])[]): TypeCounts {
	return new Map([...entries].sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)));
}
