import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/settings/repository.js';

/** Tells all processes whose sightings are to be forgotten; the key is the person's id. */
export const seenSlot = 'afk.seen';

/** Where and when somebody wrote last in a server. */
export interface Sighting {
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly channelId: string;
}

export interface MemberSighting extends Sighting {
	readonly guildId: string;
	readonly userId: string;
}

export interface SeenRepository {
	/** One statement. An older sighting never takes the place of a newer one. At most one per member. */
	record(sightings: readonly MemberSighting[]): Promise<void>;
	find(guildId: string, userId: string): Promise<Sighting | null>;
	/** Deletes everything about these persons, in every server. */
	forget(userIds: readonly string[]): Promise<void>;
	ofPerson(userId: string): Promise<readonly object[]>;
	erase(tx: Transaction, userId: string): Promise<number>;
	purgeOld(before: number, limit: number): Promise<number>;
	purgeGuild(guildId: string, limit: number): Promise<number>;
}

export function seenRepository({ prisma }: Pick<Database, 'prisma'>): SeenRepository {
	return {
		async record(sightings) {
			const guilds = sightings.map(({ guildId }) => BigInt(guildId));
			const persons = sightings.map(({ userId }) => BigInt(userId));
			const times = sightings.map(({ at }) => new Date(at));
			const channels = sightings.map(({ channelId }) => BigInt(channelId));
			// In one order in every process: two batches never wait for each other.
			await prisma.$executeRaw`/* afk-seen */
				INSERT INTO last_seen (guild_id, user_id, at, channel_id)
				SELECT * FROM unnest(${guilds}::bigint[], ${persons}::bigint[], ${times}::timestamptz[], ${channels}::bigint[])
					AS seen (guild_id, user_id, at, channel_id)
				ORDER BY guild_id, user_id
				ON CONFLICT (guild_id, user_id) DO UPDATE SET at = excluded.at, channel_id = excluded.channel_id
				WHERE excluded.at > last_seen.at`;
		},
		async find(guildId, userId) {
			const row = await prisma.lastSeen.findUnique({
				where: { guildId_userId: { guildId: BigInt(guildId), userId: BigInt(userId) } },
				select: { at: true, channelId: true }
			});
			return row && { at: row.at.getTime(), channelId: row.channelId.toString() };
		},
		async forget(userIds) {
			await prisma.lastSeen.deleteMany({ where: { userId: { in: userIds.map(BigInt) } } });
		},
		ofPerson: (userId) => prisma.lastSeen.findMany({ where: { userId: BigInt(userId) }, orderBy: { guildId: 'asc' } }),
		async erase(tx, userId) {
			const { count } = await tx.lastSeen.deleteMany({ where: { userId: BigInt(userId) } });
			return count;
		},
		purgeOld: (before, limit) => prisma.$executeRaw`/* afk-seen */
			DELETE FROM last_seen WHERE (guild_id, user_id) IN
				(SELECT guild_id, user_id FROM last_seen WHERE at < ${new Date(before)} ORDER BY at LIMIT ${limit})`,
		purgeGuild(guildId, limit) {
			const id = BigInt(guildId);
			return prisma.$executeRaw`/* afk-seen */
				DELETE FROM last_seen WHERE guild_id = ${id} AND user_id IN (SELECT user_id FROM last_seen WHERE guild_id = ${id} LIMIT ${limit})`;
		}
	};
}
