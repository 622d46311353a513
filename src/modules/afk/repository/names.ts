import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/settings/repository.js';
import { mostNames, type NameChange, type NameKind, type NameRecord } from '../domain.js';

export interface NamesRepository {
	/** Stores those that are news, in their order. Safe to call twice, and in two processes at once. */
	record(changes: readonly NameChange[]): Promise<void>;
	/** The newest first; nicknames of `guildId` only. */
	list(userId: string, guildId: string, kinds: readonly NameKind[]): Promise<readonly NameRecord[]>;
	count(userId: string): Promise<number>;
	/** Deletes all names of these persons. Answers how many. */
	forget(userIds: readonly string[]): Promise<number>;
	ofPerson(userId: string): Promise<readonly object[]>;
	erase(tx: Transaction, userId: string): Promise<number>;
	purgeOld(before: number, limit: number): Promise<number>;
	purgeGuild(guildId: string, limit: number): Promise<number>;
}

export function namesRepository({ prisma, transaction }: Pick<Database, 'prisma' | 'transaction'>): NamesRepository {
	return {
		record: (changes) =>
			transaction(async (tx) => {
				// One writer at a time: the statement after it sees what the last one stored, so that nothing is stored twice.
				await tx.$queryRaw`/* afk-names */ SELECT pg_advisory_xact_lock(hashtextextended('afk.names', 0))::text`;
				await insertNews(tx, changes);
				await keepNewest(tx, [...new Set(changes.map(({ userId }) => userId))]);
			}),
		async list(userId, guildId, kinds) {
			const rows = await prisma.nameHistory.findMany({
				where: { userId: BigInt(userId), kind: { in: [...kinds] }, OR: [{ guildId: null }, { guildId: BigInt(guildId) }] },
				select: { kind: true, value: true, changedAt: true },
				orderBy: [{ changedAt: 'desc' }, { id: 'desc' }],
				take: mostNames
			});
			return rows.map(({ kind, value, changedAt }) => ({ kind, value, changedAt: changedAt.getTime() }));
		},
		count: (userId) => prisma.nameHistory.count({ where: { userId: BigInt(userId) } }),
		async forget(userIds) {
			const { count } = await prisma.nameHistory.deleteMany({ where: { userId: { in: userIds.map(BigInt) } } });
			return count;
		},
		ofPerson: (userId) => prisma.nameHistory.findMany({ where: { userId: BigInt(userId) }, omit: { id: true }, orderBy: { id: 'asc' } }),
		async erase(tx, userId) {
			const { count } = await tx.nameHistory.deleteMany({ where: { userId: BigInt(userId) } });
			return count;
		},
		purgeOld: (before, limit) => prisma.$executeRaw`/* afk-names */
			DELETE FROM username_history WHERE id IN
				(SELECT id FROM username_history WHERE changed_at < ${new Date(before)} ORDER BY changed_at LIMIT ${limit})`,
		purgeGuild: (guildId, limit) => prisma.$executeRaw`/* afk-names */
			DELETE FROM username_history WHERE id IN (SELECT id FROM username_history WHERE guild_id = ${BigInt(guildId)} LIMIT ${limit})`
	};
}

/** What is the same as the one before it, in the batch or in the table, is no news. */
async function insertNews(tx: Transaction, changes: readonly NameChange[]): Promise<void> {
	const persons = changes.map(({ userId }) => BigInt(userId));
	const kinds = changes.map(({ kind }) => kind);
	const guilds = changes.map(({ guildId }) => (guildId === null ? null : BigInt(guildId)));
	const values = changes.map(({ value }) => value);
	const times = changes.map(({ at }) => new Date(at));
	const firsts = changes.map(({ onlyIfFirst }) => onlyIfFirst);
	await tx.$executeRaw`/* afk-names */
		WITH given AS (
			SELECT told.user_id, told.kind::name_kind AS kind, told.guild_id, told.value, told.at, told.place, told.only_first,
				(SELECT known.value FROM username_history AS known
				WHERE known.user_id = told.user_id AND known.kind = told.kind::name_kind AND known.guild_id IS NOT DISTINCT FROM told.guild_id
				ORDER BY known.changed_at DESC, known.id DESC LIMIT 1) AS stored
			FROM unnest(${persons}::bigint[], ${kinds}::text[], ${guilds}::bigint[], ${values}::text[], ${times}::timestamptz[], ${firsts}::boolean[])
				WITH ORDINALITY AS told (user_id, kind, guild_id, value, at, only_first, place)
		), compared AS (
			SELECT given.*, coalesce(lag(value) OVER (PARTITION BY user_id, kind, guild_id ORDER BY place), stored) AS previous
			FROM given WHERE NOT only_first OR stored IS NULL
		)
		INSERT INTO username_history (user_id, kind, guild_id, value, changed_at)
		SELECT user_id, kind, guild_id, value, at FROM compared WHERE value IS DISTINCT FROM previous ORDER BY place`;
}

async function keepNewest(tx: Transaction, userIds: readonly string[]): Promise<void> {
	await tx.$executeRaw`/* afk-names */
		DELETE FROM username_history WHERE id IN (
			SELECT id FROM (
				SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY changed_at DESC, id DESC) AS place
				FROM username_history WHERE user_id = ANY (${userIds.map(BigInt)}::bigint[])
			) AS ranked WHERE place > ${mostNames}
		)`;
}
