import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { processesIn } from '#lib/data/embedded/postmaster.js';
import { withSession } from '#lib/data/session.js';
import { openStorage, type StorageOptions } from '#lib/data/storage.js';
import { sessionsOf, testDatabase } from '../../support/databases.js';

vi.setConfig({ testTimeout: 60_000 });

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const options: StorageOptions = { url: null, folder: null, poolSize: 2, migrate: null, log };

function dataFolder(): string {
	const parent = join(tmpdir(), `evict_test_${process.pid}_${Math.random().toString(36).slice(2)}`);
	onTestFinished(() => rm(parent, { recursive: true, force: true }));
	return join(parent, 'postgres');
}

test('a database of its own is started, migrated by itself, and stopped with everything in it', async () => {
	const folder = dataFolder();
	const first = await openStorage({ ...options, folder });
	await first.database.prisma.guild.create({ data: { guildId: 1n, joinedAt: new Date() } });
	await first.database.close();
	await first.server?.stop();
	const again = await openStorage({ ...options, folder });
	expect(await again.database.prisma.guild.count()).toBe(1);
	await again.database.close();
	await again.server?.stop();
	expect(await processesIn(folder)).toEqual([]);
});

test('a database of ours that is newer than the code refuses the start and leaves no server behind', async () => {
	const folder = dataFolder();
	const first = await openStorage({ ...options, folder });
	await withSession(first.connection, 'evict test', (session) =>
		session.query(
			`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29991231000000_later', now())`
		)
	);
	await first.database.close();
	await first.server?.stop();
	await expect(openStorage({ ...options, folder })).rejects.toMatchObject({ code: 'database-newer' });
	expect(await processesIn(folder)).toEqual([]);
	expect(await readFile(join(folder, 'PG_VERSION'), 'utf8')).toBe('18\n');
});

test("somebody's database is migrated only when that is wanted, and a refusal leaves no session", async () => {
	await using there = await testDatabase({ empty: true });
	await expect(openStorage({ ...options, url: there.url })).rejects.toMatchObject({ code: 'migrations-pending' });
	await expect(openStorage({ ...options, url: there.url, migrate: false })).rejects.toMatchObject({ code: 'migrations-pending' });
	expect(await sessionsOf(there.connection, 'evict')).toBe(0);
	const { database, server } = await openStorage({ ...options, url: there.url, migrate: true });
	expect({ server, guilds: await database.prisma.guild.count() }).toEqual({ server: null, guilds: 0 });
	await database.close();
});
