import type { Database } from '#lib/data/database.js';
import type { Snapshot } from '../domain/restore.js';

export interface SnapshotRepository {
	find(guildId: string, userId: string): Promise<Snapshot | null>;
	/**
	 * Keeps what somebody had when he left, in place of an earlier time. Of somebody in jail it keeps what he gets when he is let out, in
	 * place of the role of the jail. Does nothing when nothing is left to keep.
	 */
	keep(snapshot: Snapshot): Promise<void>;
}

export function snapshotRepository({ prisma }: Pick<Database, 'prisma'>): SnapshotRepository {
	return {
		async find(guildId, userId) {
			const key = { guildId: BigInt(guildId), userId: BigInt(userId) };
			const row = await prisma.roleSnapshot.findUnique({ where: { guildId_userId: key } });
			return row && { guildId, userId, roleIds: row.roleIds.map(String), nickname: row.nickname, leftAt: row.leftAt.getTime() };
		},
		async keep({ guildId, userId, roleIds, nickname, leftAt }) {
			const [guild, user, at] = [BigInt(guildId), BigInt(userId), new Date(leftAt)];
			await prisma.$executeRaw`/* moderation: snapshot */
				WITH server AS (
					INSERT INTO guild (guild_id, joined_at) VALUES (${guild}, ${at}) ON CONFLICT DO NOTHING
				), had AS (
					SELECT ARRAY(
						(SELECT unnest(${roleIds.map(BigInt)}::bigint[])
							UNION SELECT unnest(role_ids) FROM jail_entry WHERE guild_id = ${guild} AND user_id = ${user})
						EXCEPT SELECT jail_role_id FROM mod_config WHERE guild_id = ${guild}
						ORDER BY 1
					) AS role_ids
				)
				INSERT INTO role_snapshot (guild_id, user_id, role_ids, nickname, left_at)
				SELECT ${guild}::bigint, ${user}::bigint, role_ids, ${nickname}::text, ${at}::timestamptz FROM had
				WHERE cardinality(role_ids) > 0 OR ${nickname}::text IS NOT NULL
				ON CONFLICT (guild_id, user_id) DO UPDATE
				SET role_ids = excluded.role_ids, nickname = excluded.nickname, left_at = excluded.left_at`;
		}
	};
}
