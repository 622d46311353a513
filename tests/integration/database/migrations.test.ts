import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { ConnectionFields } from '#lib/data/connection.js';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { deployMigrations, differenceToSchema } from '#lib/data/migrations/deploy.js';
import { migrationsFolder, readMigrations } from '#lib/data/migrations/files.js';
import { assertMigrated, readHistory } from '#lib/data/migrations/history.js';
import { withSession } from '#lib/data/session.js';
import { cuttingProxy } from '../../support/cuttingProxy.js';
import { sessionsOf, testDatabase } from '../../support/databases.js';
import { postgresTap } from '../../support/postgresTap.js';

let folder: string | undefined;
afterEach(async () => {
	if (folder !== undefined) await rm(folder, { recursive: true });
	folder = undefined;
});

/** A folder with migrations of these scripts. */
async function migrations(...scripts: string[]): Promise<string> {
	folder = await mkdtemp(join(tmpdir(), 'evict_test_migrations_'));
	for (const [index, script] of scripts.entries()) {
		const directory = join(folder, `2026010100000${index}_step`);
		await mkdir(directory);
		await writeFile(join(directory, 'migration.sql'), script);
	}
	return folder;
}

async function rows(connection: ConnectionFields, sql: string): Promise<unknown[]> {
	return withSession(connection, 'evict test', async (session) => (await session.query(sql)).rows);
}

async function fault(work: Promise<unknown>): Promise<DatabaseFault> {
	const error: unknown = await work.then(
		() => undefined,
		(reason: unknown) => reason
	);
	if (!(error instanceof DatabaseFault)) throw new Error(`Expected a fault of the database, got ${String(error)}`);
	return error;
}

test('the migrations say what the schema says', async () => {
	await using database = await testDatabase({ empty: true });
	expect(await differenceToSchema(database.connection)).toBeUndefined();
});

test('a migrated database is accepted, and deploying again does nothing', async () => {
	await using database = await testDatabase();
	await expect(assertMigrated(database.connection)).resolves.toBeUndefined();
	expect(await deployMigrations(database.connection)).toEqual([]);
});

test("deploying writes the rows that Prisma's own tool reads", async () => {
	await using database = await testDatabase({ empty: true });
	const names = (await readMigrations()).migrationDirectories.map(({ path }) => path);
	expect(await deployMigrations(database.connection)).toEqual(names);
	const script = await readFile(join(migrationsFolder, names[0] ?? '', 'migration.sql'));
	const written = await rows(
		database.connection,
		'SELECT checksum, rolled_back_at, finished_at IS NOT NULL AS done FROM _prisma_migrations'
	);
	expect(written).toHaveLength(names.length);
	expect(written).toContainEqual({ checksum: createHash('sha256').update(script).digest('hex'), rolled_back_at: null, done: true });
});

test('of two deployers at once one works, and both end well', async () => {
	await using database = await testDatabase({ empty: true });
	const both = await Promise.all([deployMigrations(database.connection), deployMigrations(database.connection)]);
	const names = (await readMigrations()).migrationDirectories.map(({ path }) => path);
	expect(both.flat()).toEqual(names);
	expect((await readHistory(database.connection)).applied).toEqual(names);
});

test('a database with pending migrations is refused in one sentence that says what to do', async () => {
	await using database = await testDatabase({ empty: true });
	const { code, message } = await fault(assertMigrated(database.connection));
	expect(code).toBe('migrations-pending');
	expect(message).toMatch(/npm run migrate deploy/);
	expect(message.split('\n')).toHaveLength(1);
});

test('a database newer than the code is refused by the start and by the deployer, and is left as it was', async () => {
	await using database = await testDatabase();
	await withSession(database.connection, 'evict test', (session) =>
		session.query(
			`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29991231000000_later', now())`
		)
	);
	for (const work of [assertMigrated, deployMigrations]) {
		const { code, message } = await fault(work(database.connection));
		expect(code).toBe('database-newer');
		expect(message).toContain('29991231000000_later');
		expect(message.split('\n')).toHaveLength(1);
	}
});

test('a script is sent whole: a semicolon inside a function or a string does not cut it', async () => {
	await using database = await testDatabase({ empty: true });
	const script = `CREATE FUNCTION twice(n int) RETURNS int AS $$ BEGIN n := n * 2; RETURN n; END; $$ LANGUAGE plpgsql;
		CREATE TABLE note (text text DEFAULT 'a;b'); INSERT INTO note DEFAULT VALUES;`;
	await deployMigrations(database.connection, await migrations(script));
	expect(await rows(database.connection, 'SELECT text, twice(21) FROM note')).toEqual([{ text: 'a;b', twice: 42 }]);
});

test('a migration that fails is told by name, and the next start refuses until somebody looked at it', async () => {
	await using database = await testDatabase({ empty: true });
	const broken = await migrations('CREATE TABLE first (id int)', 'CREATE TABLE second (id nonsense)');
	const failed = await fault(deployMigrations(database.connection, broken));
	expect(failed.code).toBe('migration-failed');
	expect(failed.message).toContain('20260101000001_step');
	expect((await fault(deployMigrations(database.connection, broken))).message).toMatch(/did not finish/);
	expect(await readHistory(database.connection, await readMigrations(broken))).toMatchObject({
		applied: ['20260101000000_step'],
		failed: ['20260101000001_step']
	});
});

test.each([
	['before its script', /insert into "?_prisma_migrations/i],
	['within its script', /CREATE TABLE second/],
	['before it is marked', /UPDATE "?_prisma_migrations"? SET "?(applied_steps_count|finished_at)"? = \$/i]
])('killed at a migration, %s: the next deployer goes on', async (_, statement) => {
	await using database = await testDatabase({ empty: true });
	const steps = await migrations('CREATE TABLE first (id int)', 'CREATE TABLE second (id int)');
	let deaths = 0;
	const proxy = await cuttingProxy({ host: String(database.connection.host), port: Number(database.connection.port) }, () =>
		postgresTap((text) => {
			if (!statement.test(text) || deaths++ > 0) return;
			proxy.cut();
		})
	);
	onTestFinished(() => proxy.close());
	const through = { ...database.connection, host: '127.0.0.1', port: proxy.port };
	await expect(deployMigrations(through, steps)).rejects.not.toBeInstanceOf(DatabaseFault);
	expect(deaths).toBeGreaterThan(0);
	await deployMigrations(database.connection, steps);
	const history = await readHistory(database.connection, await readMigrations(steps));
	expect(history).toMatchObject({ applied: ['20260101000000_step', '20260101000001_step'], pending: [], failed: [] });
	expect(await rows(database.connection, 'SELECT FROM first, second')).toEqual([]);
});

test('a migration that was edited after it was applied is shown', async () => {
	await using database = await testDatabase({ empty: true });
	const edited = await migrations('CREATE TABLE first (id int)');
	await deployMigrations(database.connection, edited);
	await writeFile(join(edited, '20260101000000_step', 'migration.sql'), 'CREATE TABLE other (id int)');
	expect((await readHistory(database.connection, await readMigrations(edited))).edited).toEqual(['20260101000000_step']);
});

test('no session and no shadow database is left behind', async () => {
	await using database = await testDatabase({ empty: true });
	await deployMigrations(database.connection);
	await differenceToSchema(database.connection);
	expect(await sessionsOf(database.connection, 'evict migrate')).toBe(0);
});
