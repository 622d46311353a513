import type { Database } from '#lib/data/database.js';
import { memberKey } from '#lib/settings/personSet.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { RecordChange, SettingsHub } from '#lib/settings/settingsHub.js';
import type { Away, Return } from '../domain.js';

export const awaySlot = 'afk.away';

/** Mentions of a person during one absence. */
export interface MentionCount {
	readonly guildId: string;
	readonly userId: string;
	/** Which absence: a later one of the same person begins anew. */
	readonly since: number;
	readonly count: number;
}

export interface AwayRepository {
	readAll(): Promise<ReadonlyMap<string, Away>>;
	read(guildId: string, userId: string): Promise<Away | null>;
	/** Writes the absence; of one that has begun already only the reason changes. */
	set(guildId: string, userId: string, away: Away): Promise<{ readonly since: number; readonly isNew: boolean }>;
	/** Ends an absence that began at or before `latest`. Null for all but the one caller who ended it. */
	end(guildId: string, userId: string, latest: number): Promise<Return | null>;
	/** Adds the mentions to the absences that still last. */
	addMentions(counts: readonly MentionCount[]): Promise<void>;
	ofPerson(userId: string): Promise<readonly object[]>;
	erase(tx: Transaction, userId: string, record: RecordChange): Promise<number>;
	/** Deletes at most `limit` absences that began before `before`. */
	purgeOld(before: number, limit: number): Promise<number>;
	purgeGuild(guildId: string, limit: number): Promise<number>;
}

interface Deleted {
	readonly guild: string;
	readonly person: string;
}

export function awayRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write' | 'writeAll'>): AwayRepository {
	const announce = async (rows: readonly Deleted[], record: RecordChange): Promise<number> => {
		for (const { guild, person } of rows) await record(awaySlot, memberKey(guild, person), { guildId: null });
		return rows.length;
	};
	return {
		async readAll() {
			const rows = await prisma.$queryRaw<{ key: string; reason: string; since: Date }[]>`/* afk-away */
				SELECT guild_id::text || ':' || user_id::text AS key, reason, since FROM afk`;
			return new Map(rows.map(({ key, reason, since }) => [key, { reason, since: since.getTime() }]));
		},
		async read(guildId, userId) {
			const row = await prisma.afk.findUnique({
				where: { guildId_userId: { guildId: BigInt(guildId), userId: BigInt(userId) } },
				select: { reason: true, since: true }
			});
			return row && { reason: row.reason, since: row.since.getTime() };
		},
		set(guildId, userId, { reason, since }) {
			return hub.write(awaySlot, memberKey(guildId, userId), { guildId: null }, async (tx) => {
				const [row] = await tx.$queryRaw<{ since: Date; isNew: boolean }[]>`/* afk-away */
					INSERT INTO afk (guild_id, user_id, reason, since)
					VALUES (${BigInt(guildId)}, ${BigInt(userId)}, ${reason}, ${new Date(since)})
					ON CONFLICT (guild_id, user_id) DO UPDATE SET reason = excluded.reason
					RETURNING since, (xmax = 0) AS "isNew"`;
				if (row === undefined) throw new Error('The absence was not written');
				return { since: row.since.getTime(), isNew: row.isNew };
			});
		},
		end(guildId, userId, latest) {
			return hub.write<Return | null>(
				awaySlot,
				memberKey(guildId, userId),
				(ended) => (ended === null ? null : { guildId: null }),
				async (tx) => {
					const [row] = await tx.$queryRaw<{ since: Date; mentions: number }[]>`/* afk-away */
						DELETE FROM afk WHERE guild_id = ${BigInt(guildId)} AND user_id = ${BigInt(userId)} AND since <= ${new Date(latest)}
						RETURNING since, mentions`;
					return row === undefined ? null : { since: row.since.getTime(), mentions: row.mentions };
				}
			);
		},
		async addMentions(counts) {
			const guilds = counts.map(({ guildId }) => BigInt(guildId));
			const persons = counts.map(({ userId }) => BigInt(userId));
			const since = counts.map((one) => new Date(one.since));
			const added = counts.map(({ count }) => count);
			await prisma.$executeRaw`/* afk-mentions */
				UPDATE afk SET mentions = afk.mentions + added.count
				FROM unnest(${guilds}::bigint[], ${persons}::bigint[], ${since}::timestamptz[], ${added}::int[]) AS added (guild_id, user_id, since, count)
				WHERE afk.guild_id = added.guild_id AND afk.user_id = added.user_id AND afk.since = added.since`;
		},
		ofPerson: (userId) => prisma.afk.findMany({ where: { userId: BigInt(userId) }, orderBy: { guildId: 'asc' } }),
		async erase(tx, userId, record) {
			const rows = await tx.$queryRaw<Deleted[]>`/* afk-away */
				DELETE FROM afk WHERE user_id = ${BigInt(userId)} RETURNING guild_id::text AS guild, user_id::text AS person`;
			return announce(rows, record);
		},
		purgeOld(before, limit) {
			return hub.writeAll(async (tx, record) => {
				const rows = await tx.$queryRaw<Deleted[]>`/* afk-away */
					DELETE FROM afk WHERE (guild_id, user_id) IN (SELECT guild_id, user_id FROM afk WHERE since < ${new Date(before)} LIMIT ${limit})
					RETURNING guild_id::text AS guild, user_id::text AS person`;
				return announce(rows, record);
			});
		},
		purgeGuild(guildId, limit) {
			return hub.writeAll(async (tx, record) => {
				const id = BigInt(guildId);
				const rows = await tx.$queryRaw<Deleted[]>`/* afk-away */
					DELETE FROM afk WHERE guild_id = ${id} AND user_id IN (SELECT user_id FROM afk WHERE guild_id = ${id} LIMIT ${limit})
					RETURNING guild_id::text AS guild, user_id::text AS person`;
				return announce(rows, record);
			});
		}
	};
}
