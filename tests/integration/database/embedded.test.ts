import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { accountFor, firstClosedParent } from '#lib/data/embedded/account.js';
import { nativeFolder, prepareBinaries } from '#lib/data/embedded/binaries.js';
import { openEmbeddedServer } from '#lib/data/embedded/embeddedServer.js';
import { processesIn, readPostmaster } from '#lib/data/embedded/postmaster.js';
import { stopServer } from '#lib/data/embedded/serverProcess.js';
import { withSession } from '#lib/data/session.js';
import { buildEmbeddedProcess, embeddedProcess } from '../../support/embeddedProcess.js';
import { eventually } from '../../support/eventually.js';
import { killServer } from '../../support/killServer.js';

// Processes and servers start in here, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const quiet = { info: () => undefined, warn: () => undefined };
const isRoot = process.getuid?.() === 0;
/** "daemon" and "bin": PostgreSQL wants its user to be known to the system. */
const somebody = { uid: 1, gid: 1 };
const somebodyElse = { uid: 2, gid: 2 };

/** A place that exists for one test; whatever works in it is ended first. */
async function place(mode = 0o755): Promise<string> {
	const parent = join(tmpdir(), `evict_test_${process.pid}_${Math.random().toString(36).slice(2)}`);
	await mkdir(parent);
	await chmod(parent, mode);
	onTestFinished(async () => {
		await stopServer(join(parent, 'data', 'postgres'), 2_000).catch(() => undefined);
		await rm(parent, { recursive: true, force: true });
	});
	return parent;
}

const dataIn = (parent: string) => join(parent, 'data', 'postgres');

let made: string;
beforeAll(async () => {
	await buildEmbeddedProcess();
	made = join(tmpdir(), `evict_test_${process.pid}_made`);
	await (await openEmbeddedServer({ folder: join(made, 'postgres'), log: quiet })).stop();
});
afterAll(() => rm(made, { recursive: true }));

/** A data folder that is there already: a copy costs a tenth of making one. */
async function madeFolder(): Promise<string> {
	const folder = dataIn(await place());
	await mkdir(join(folder, '..'));
	execFileSync('cp', ['-a', join(made, 'postgres'), folder]);
	return folder;
}

async function rowsOf(folder: string): Promise<number[]> {
	const server = await openEmbeddedServer({ folder, log: quiet });
	try {
		return await withSession(server.connection, 'evict test', async (session) => {
			const { rows } = await session.query<{ id: number }>('SELECT id FROM acknowledged ORDER BY id');
			return rows.map(({ id }) => id);
		});
	} finally {
		await server.stop();
	}
}

test('it starts where nothing is, keeps what was written, and stops within seconds', async () => {
	const folder = dataIn(await place());
	const first = await openEmbeddedServer({ folder, log: quiet });
	await withSession(first.connection, 'evict test', (session) => session.query('CREATE TABLE acknowledged AS SELECT 7 AS id'));
	const before = performance.now();
	await first.stop();
	expect(performance.now() - before).toBeLessThan(5_000);
	expect(await processesIn(folder)).toEqual([]);
	expect(await rowsOf(folder)).toEqual([7]);
	expect((await readdir(join(folder, '..'))).sort()).toEqual(['postgres', 'postgres.log']);
});

test('nobody gets in without its password, and nobody else can read the data', async () => {
	const folder = await madeFolder();
	const server = await openEmbeddedServer({ folder, log: quiet });
	for (const password of ['', 'wrong', undefined]) {
		const attempt = withSession({ ...server.connection, password }, 'evict test', async () => undefined);
		await expect(attempt).rejects.toThrow(/password/);
	}
	expect((await stat(folder)).mode & 0o077).toBe(0);
	await server.stop();
});

test('every acknowledged row is there after kill -9 of the writer and of every process of the server', async () => {
	const folder = await madeFolder();
	const writer = embeddedProcess(folder, 'write');
	await writer.line();
	let acknowledged = 0;
	while (acknowledged < 200) acknowledged = Number((await writer.line()).split(' ')[1]);
	await killServer(folder);
	await writer.kill();
	const rows = await rowsOf(folder);
	expect(rows.slice(0, acknowledged)).toEqual(Array.from({ length: acknowledged }, (_, index) => index + 1));
});

test('a server left over by kill -9 of the bot is found and used again, and then stopped', async () => {
	const folder = await madeFolder();
	const killed = embeddedProcess(folder);
	const port = await killed.line();
	const left = await readPostmaster(folder);
	await killed.kill();
	const next = embeddedProcess(folder);
	expect(await next.line()).toBe(port);
	expect((await readPostmaster(folder))?.pid).toBe(left?.pid);
	expect(await next.end()).toBe(0);
	expect(await processesIn(folder)).toEqual([]);
});

test('kill -9 of only the postmaster: the next start waits for its children and takes over', async () => {
	const folder = await madeFolder();
	const first = embeddedProcess(folder);
	await first.line();
	const postmaster = await readPostmaster(folder);
	await first.kill();
	process.kill(postmaster?.pid ?? 0, 'SIGKILL');
	const next = embeddedProcess(folder);
	expect(await next.line()).toMatch(/^port \d+$/);
	expect(await next.end()).toBe(0);
});

test('a server that is not ready in time is ended and told as that, and the next start takes its time', async () => {
	const folder = await madeFolder();
	await expect(openEmbeddedServer({ folder, log: quiet, startLimitMs: 0 })).rejects.toThrow(
		/not ready within 0 seconds.*postgres\.log.*DATABASE_URL/
	);
	expect(await processesIn(folder)).toEqual([]);
	await (await openEmbeddedServer({ folder, log: quiet })).stop();
});

test('a server that is too busy to answer is waited for', async () => {
	const folder = await madeFolder();
	const first = embeddedProcess(folder);
	const port = Number((await first.line()).split(' ')[1]);
	const postmaster = (await readPostmaster(folder))?.pid ?? Number.NaN;
	process.kill(postmaster, 'SIGSTOP');
	// It goes on once it was found silent.
	const log = { ...quiet, warn: () => void process.kill(postmaster, 'SIGCONT') };
	const second = await openEmbeddedServer({ folder, log, connectMs: 100 });
	expect(second.connection.port).toBe(port);
	await second.stop();
	expect(await first.end()).toBe(0);
});

test('of three processes that start at once on one folder one starts the server, all use it, and the last one out stops it', async () => {
	const folder = dataIn(await place());
	const all = [embeddedProcess(folder), embeddedProcess(folder), embeddedProcess(folder)];
	const ports = await Promise.all(all.map((one) => one.line()));
	expect(new Set(ports).size).toBe(1);
	const { pid } = (await readPostmaster(folder)) ?? {};
	expect(await all[0]?.end()).toBe(0);
	expect(await all[1]?.end()).toBe(0);
	expect((await readPostmaster(folder))?.pid).toBe(pid);
	expect(await all[2]?.end()).toBe(0);
	expect(await readPostmaster(folder)).toBeUndefined();
});

test('a server that dies while we run comes back on the same port with everything in it', async () => {
	const folder = await madeFolder();
	const server = await openEmbeddedServer({ folder, log: quiet });
	const count = () =>
		withSession(server.connection, 'evict test', async (session) => (await session.query('SELECT id FROM acknowledged')).rowCount);
	await withSession(server.connection, 'evict test', (session) => session.query('CREATE TABLE acknowledged AS SELECT 7 AS id'));
	await killServer(folder);
	await eventually('it is back', () =>
		count().then(
			(rows) => rows === 1,
			() => false
		)
	);
	await server.stop();
	expect(await processesIn(folder)).toEqual([]);
});

test('a half-made data folder is thrown away, one with other files is not touched, nor is what is no folder', async () => {
	const parent = await place();
	const folder = dataIn(parent);
	await mkdir(`${folder}.half`, { recursive: true });
	await writeFile(join(`${folder}.half`, 'PG_VERSION'), '18\n');
	await (await openEmbeddedServer({ folder, log: quiet })).stop();

	const other = join(parent, 'other');
	await mkdir(other);
	await writeFile(join(other, 'diary.txt'), 'mine');
	await expect(openEmbeddedServer({ folder: other, log: quiet })).rejects.toThrow(/holds other files/);
	expect(await readFile(join(other, 'diary.txt'), 'utf8')).toBe('mine');
	const diary = join(other, 'diary.txt');
	await expect(openEmbeddedServer({ folder: diary, log: quiet })).rejects.toThrow(/diary\.txt is no folder.*DATABASE_FOLDER/);
	await expect(openEmbeddedServer({ folder: join(diary, 'postgres'), log: quiet })).rejects.toThrow(/cannot be made.*DATABASE_FOLDER/);
	expect(await readFile(diary, 'utf8')).toBe('mine');
});

test('a link to a folder elsewhere means that folder', async () => {
	const parent = await place();
	const [there, link] = [join(parent, 'there'), join(parent, 'link')];
	await mkdir(there);
	await symlink(there, link);
	const server = await openEmbeddedServer({ folder: link, log: quiet });
	await server.stop();
	expect(await readFile(join(there, 'PG_VERSION'), 'utf8')).toBe('18\n');
	expect(await readlink(link)).toBe(there);
});

test('the number of a dead server that now belongs to somebody else does not stop the start', async () => {
	const folder = await madeFolder();
	const { uid, gid } = await stat(folder);
	const stranger = embeddedProcess(dataIn(await place()), 'hold', isRoot ? { uid, gid } : undefined);
	await writeFile(join(folder, 'postmaster.pid'), `${stranger.child.pid}\n${folder}\n0\n1\n\n127.0.0.1\n 1 1\nready\n`);
	const server = await openEmbeddedServer({ folder, log: quiet });
	await server.stop();
	await stranger.kill();
});

test('data of another version is refused in a sentence', async () => {
	const folder = await madeFolder();
	await writeFile(join(folder, 'PG_VERSION'), '17\n');
	await expect(openEmbeddedServer({ folder, log: quiet })).rejects.toThrow(/PostgreSQL 17.*pg_upgrade/);
});

test.runIf(isRoot)('as root it runs as nobody; an ordinary user runs it as himself', async () => {
	const asRoot = dataIn(await place());
	const root = embeddedProcess(asRoot);
	await root.line();
	expect((await stat(`/proc/${(await readPostmaster(asRoot))?.pid}`)).uid).toBe(65_534);
	expect(await root.end()).toBe(0);

	const open = await place(0o777);
	const user = embeddedProcess(dataIn(open), 'hold', somebody);
	expect(await user.line()).toMatch(/^port/);
	expect((await stat(`/proc/${(await readPostmaster(dataIn(open)))?.pid}`)).uid).toBe(somebody.uid);
	expect(await user.end()).toBe(0);
	// Root takes over what an ordinary user began, as that user.
	const later = embeddedProcess(dataIn(open));
	expect(await later.line()).toMatch(/^port/);
	expect((await stat(`/proc/${(await readPostmaster(dataIn(open)))?.pid}`)).uid).toBe(somebody.uid);
	expect(await later.end()).toBe(0);
});

test.runIf(isRoot)('a folder that cannot be reached or is somebody else’s is told in one sentence', async () => {
	const closed = await place(0o700);
	await expect(openEmbeddedServer({ folder: dataIn(closed), log: quiet })).rejects.toThrow(/cannot be entered by the user.*DATABASE_URL/);

	const readOnly = embeddedProcess(dataIn(await place(0o755)), 'hold', somebody);
	expect(await readOnly.line()).toMatch(/cannot be made.*DATABASE_FOLDER/);
	expect(await readOnly.end()).toBe(1);

	const open = await place(0o777);
	const owner = embeddedProcess(dataIn(open), 'hold', somebody);
	await owner.line();
	const stranger = embeddedProcess(dataIn(open), 'hold', somebodyElse);
	expect(await stranger.line()).toMatch(/another user/);
	expect(await stranger.end()).toBe(1);
	expect(await owner.end()).toBe(0);
});

test('where there is no PostgreSQL for the platform the sentence names DATABASE_URL', () => {
	expect(() => nativeFolder('plan9-mips')).toThrow(/plan9-mips.*DATABASE_URL/);
});

test('where the package cannot be written the links to its libraries lie in a folder of ours', async () => {
	const parent = await place();
	const native = join(parent, 'native');
	await mkdir(native);
	// Nobody, not even root, can make a file there.
	await symlink('/sys/kernel', join(native, 'lib'));
	await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' }]));
	const { libraryPath } = await prepareBinaries(native, await accountFor(parent), join(parent, 'work'));
	const [links = '', lib] = libraryPath.split(':');
	expect(lib).toBe(join(native, 'lib'));
	expect(links.startsWith(join(parent, 'work'))).toBe(true);
	expect(await readlink(join(links, 'libx.so.1'))).toBe(join(native, 'lib', 'libx.so.1.2'));
});

test.runIf(isRoot)('a package in a closed home is copied to where the server can run it, and a newer one is copied anew', async () => {
	const closed = await place(0o700);
	const native = join(closed, 'native');
	await mkdir(join(native, 'bin'), { recursive: true });
	await mkdir(join(native, 'lib'));
	await writeFile(join(native, 'pg-symlinks.json'), '[]');
	const release = (version: string) => writeFile(join(closed, 'package.json'), JSON.stringify({ version }));
	await release('18.4.0');
	const account = await accountFor(closed);
	expect(await firstClosedParent(native, account)).toBe(closed);
	const work = await place();
	const { postgres } = await prepareBinaries(native, account, work);
	expect(postgres.startsWith(work)).toBe(true);
	expect((await prepareBinaries(native, account, work)).postgres).toBe(postgres);
	await release('18.5.0');
	expect((await prepareBinaries(native, account, work)).postgres).not.toBe(postgres);
});

test.runIf(isRoot)('what its owner ran in his closed home before runs as root too: the links do not lead back into the home', async () => {
	const closed = await place(0o700);
	const native = join(closed, 'native');
	await mkdir(join(native, 'lib'), { recursive: true });
	await writeFile(join(closed, 'package.json'), '{"version":"18.4.0"}');
	await writeFile(join(native, 'pg-symlinks.json'), '[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so.1"}]');
	await writeFile(join(native, 'lib', 'libx.so.1.2'), 'library');
	await symlink('libx.so.1.2', join(native, 'lib', 'libx.so.1'));
	const { libraryPath } = await prepareBinaries(native, await accountFor(closed), await place());
	expect(await readlink(join(libraryPath, 'libx.so.1'))).toBe('libx.so.1.2');
});
