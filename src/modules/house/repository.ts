import type { PrismaClient } from '#generated/prisma/client.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { ServedShard } from './domain.js';

export interface GuildRepository {
	/** One statement: new ones are added, returned ones are no longer left; the first `joinedAt` is kept. */
	markPresent(guilds: readonly { readonly guildId: string; readonly joinedAt: number }[]): Promise<void>;
	markLeft(guilds: readonly { readonly guildId: string; readonly leftAt: number }[]): Promise<void>;
	/** Marks as left what is stored for this shard and not in `present`. Answers the ids. */
	markLeftExcept(present: readonly string[], shard: ServedShard, leftAt: number): Promise<readonly string[]>;
	/** Servers left before `before`, the longest ago first. */
	leftBefore(before: number, limit: number): Promise<readonly string[]>;
	/** Deletes the server and what hangs on it, unless the bot has come back. */
	removeLeft(guildId: string, before: number): Promise<boolean>;
}

export function guildRepository(prisma: PrismaClient): GuildRepository {
	return {
		async markPresent(guilds) {
			const ids = guilds.map(({ guildId }) => BigInt(guildId));
			const times = guilds.map(({ joinedAt }) => new Date(joinedAt));
			await prisma.$executeRaw`/* house: present */
				INSERT INTO guild (guild_id, joined_at)
				SELECT * FROM unnest(${ids}::bigint[], ${times}::timestamptz[])
				ON CONFLICT (guild_id) DO UPDATE SET left_at = NULL WHERE guild.left_at IS NOT NULL`;
		},
		async markLeft(guilds) {
			const ids = guilds.map(({ guildId }) => BigInt(guildId));
			const times = guilds.map(({ leftAt }) => new Date(leftAt));
			await prisma.$executeRaw`/* house: left */
				UPDATE guild SET left_at = gone.at
				FROM unnest(${ids}::bigint[], ${times}::timestamptz[]) AS gone (id, at)
				WHERE guild.guild_id = gone.id AND guild.left_at IS NULL`;
		},
		async markLeftExcept(present, { shardCount, shardId }, leftAt) {
			const rows = await prisma.$queryRaw<{ id: string }[]>`/* house: left while away */
				UPDATE guild SET left_at = ${new Date(leftAt)}
				WHERE left_at IS NULL AND (guild_id >> 22) % ${shardCount}::int = ${shardId}::int
					AND NOT EXISTS (SELECT FROM unnest(${present.map(BigInt)}::bigint[]) AS here (id) WHERE here.id = guild.guild_id)
				RETURNING guild_id::text AS id`;
			return rows.map(({ id }) => id);
		},
		async leftBefore(before, limit) {
			const rows = await prisma.guild.findMany({
				where: { leftAt: { lt: new Date(before) } },
				select: { guildId: true },
				orderBy: { leftAt: 'asc' },
				take: limit
			});
			return rows.map(({ guildId }) => guildId.toString());
		},
		async removeLeft(guildId, before) {
			const { count } = await prisma.guild.deleteMany({ where: { guildId: BigInt(guildId), leftAt: { lt: new Date(before) } } });
			return count === 1;
		}
	};
}

export interface LocaleRepository {
	readGuilds(guildIds: readonly string[]): Promise<ReadonlyMap<string, { locale: string | null }>>;
	readUsers(): Promise<ReadonlyMap<string, string>>;
	readUser(userId: string): Promise<string | null>;
	/** Answers what it was before. */
	setGuild(tx: Transaction, guildId: string, locale: string | null): Promise<string | null>;
	setUser(tx: Transaction, userId: string, locale: string | null): Promise<void>;
}

export function localeRepository(prisma: PrismaClient): LocaleRepository {
	return {
		async readGuilds(guildIds) {
			const rows = await prisma.$queryRaw<{ id: string; locale: string }[]>`/* house: locales of servers */
				SELECT guild_id::text AS id, locale FROM guild
				WHERE locale IS NOT NULL AND guild_id = ANY (${guildIds.map(BigInt)}::bigint[])`;
			return new Map(rows.map(({ id, locale }) => [id, { locale }]));
		},
		async readUsers() {
			const rows = await prisma.$queryRaw<{ id: string; locale: string }[]>`/* house: locales of persons */
				SELECT user_id::text AS id, locale FROM user_settings WHERE locale IS NOT NULL`;
			return new Map(rows.map(({ id, locale }) => [id, locale]));
		},
		async readUser(userId) {
			const row = await prisma.userSettings.findUnique({ where: { userId: BigInt(userId) }, select: { locale: true } });
			return row?.locale ?? null;
		},
		async setGuild(tx, guildId, locale) {
			const [row] = await tx.$queryRaw<{ before: string | null }[]>`/* house: set locale of a server */
				WITH old AS (SELECT guild_id, locale FROM guild WHERE guild_id = ${BigInt(guildId)} FOR UPDATE)
				UPDATE guild SET locale = ${locale} FROM old WHERE guild.guild_id = old.guild_id RETURNING old.locale AS before`;
			return row?.before ?? null;
		},
		async setUser(tx, userId, locale) {
			const id = BigInt(userId);
			await tx.userSettings.upsert({ where: { userId: id }, create: { userId: id, locale }, update: { locale } });
		}
	};
}
