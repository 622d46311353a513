import type { PrismaClient } from '#generated/prisma/client.js';
import type { Database } from '#lib/data/database.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import { redisKeyValue } from '#lib/data/keyValue/redisKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import type { SettingsDatabase } from '#lib/settings/repository.js';
import { SettingsHub } from '#lib/settings/settingsHub.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';

/** A plain client as a database, for tests without a pool of their own. */
export function databaseOf(prisma: PrismaClient): SettingsDatabase {
	return { prisma, transaction: (work) => prisma.$transaction(work) };
}

export async function connected(url: string, prefix: string) {
	const store = redisKeyValue(url, { prefix, logger: recordingLogger() });
	if (!(await store.connected(5_000))) throw new Error('Redis is not there');
	return store;
}

/** One process with two slots: the prefix of a server and the prefix of a person. */
export function aProcess(database: Database, keyValue: KeyValue = memoryKeyValue({ logger: recordingLogger() })) {
	const { prisma } = database;
	const counted = { read: 0, readMany: 0, readAll: 0 };
	const prefixes = new CachedSettings({
		defaults: { prefix: ';' },
		derive: nothingDerived,
		source: {
			async read(guildId) {
				counted.read += 1;
				return prisma.guildPrefix.findUnique({ where: { guildId: BigInt(guildId) }, select: { prefix: true } });
			},
			async readMany(guildIds) {
				counted.readMany += 1;
				const rows = await prisma.guildPrefix.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } });
				return new Map(rows.map((row) => [row.guildId.toString(), { prefix: row.prefix }]));
			}
		}
	});
	const selfPrefixes = new PersonSet<string>({
		async readAll() {
			counted.readAll += 1;
			const rows = await prisma.selfPrefix.findMany();
			return new Map(rows.map((row) => [row.userId.toString(), row.prefix]));
		},
		async read(userId) {
			return (await prisma.selfPrefix.findUnique({ where: { userId: BigInt(userId) } }))?.prefix ?? null;
		}
	});
	const clock = new FakeClock();
	const logger = recordingLogger();
	const hub = new SettingsHub({ database, keyValue, clock, logger });
	hub.register('prefix', prefixes);
	hub.register('selfPrefix', selfPrefixes);

	return {
		hub,
		prefixes,
		selfPrefixes,
		counted,
		clock,
		logger,
		setPrefix: (guildId: string, prefix: string) =>
			hub.write('prefix', guildId, { guildId, actorId: '7', before: null, after: { prefix } }, (tx) =>
				tx.guildPrefix.upsert({ where: { guildId: BigInt(guildId) }, create: { guildId: BigInt(guildId), prefix }, update: { prefix } })
			),
		setSelfPrefix: (userId: string, prefix: string) =>
			hub.write('selfPrefix', userId, { guildId: null }, (tx) =>
				tx.selfPrefix.upsert({ where: { userId: BigInt(userId) }, create: { userId: BigInt(userId), prefix }, update: { prefix } })
			)
	};
}
