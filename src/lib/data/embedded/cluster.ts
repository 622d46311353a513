import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { type Account, assertOwn, makeOwnFolder } from './account.js';
import type { Binaries } from './binaries.js';
import { environmentOf } from './serverProcess.js';

/** The role and the database of an embedded server. */
export const clusterName = 'evict';

const majorVersion = '18';
const passwordFile = 'evict.password';

/** Makes the data folder when there is none yet; answers the password of its only role. */
export async function ensureCluster(folder: string, binaries: Binaries, account: Account): Promise<string> {
	const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(notThere);
	if (version === undefined) await initialise(folder, binaries, account);
	else if (version.trim() !== majorVersion) {
		throw new DatabaseFault(
			'server-failed',
			`The data in ${folder} was written by PostgreSQL ${version.trim()}, and this is ${majorVersion}: please move it with pg_upgrade, or choose another DATABASE_FOLDER.`
		);
	}
	await assertOwn(folder, account);
	return (await readFile(join(folder, passwordFile), 'utf8')).trim();
}

/** Made beside its place and then moved there: a half-made cluster is never taken for a whole one. */
async function initialise(folder: string, binaries: Binaries, account: Account): Promise<void> {
	const half = `${folder}.half`;
	await rm(half, { recursive: true, force: true }).catch(notThere);
	await assertEmpty(folder);
	await makeOwnFolder(half, account);
	const password = randomBytes(24).toString('base64url');
	const secret = `${folder}.password`;
	await writeFile(secret, `${password}\n`, { mode: 0o600 });
	if (account.dropped) await chown(secret, account.uid, account.gid);
	try {
		const options = ['-D', half, '-U', clusterName, `--pwfile=${secret}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
		await promisify(execFile)(binaries.initdb, [...options, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'], {
			cwd: '/',
			env: environmentOf(binaries),
			...(account.dropped ? { uid: account.uid, gid: account.gid } : {})
		});
		await rename(secret, join(half, passwordFile));
	} catch (error) {
		const detail = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().split('\n').at(-1) : String(error);
		throw new DatabaseFault(
			'server-failed',
			`The embedded PostgreSQL could not be set up in ${folder} (${detail}): please set DATABASE_URL.`,
			{ cause: error }
		);
	} finally {
		await rm(secret, { force: true });
	}
	await chmod(half, 0o700);
	// An empty folder gives way; what came into it in the meantime is not lost.
	await rename(half, folder);
}

async function assertEmpty(folder: string): Promise<void> {
	const found = await stat(folder).catch(notThere);
	if (found === undefined) return;
	if (!found.isDirectory()) throw new DatabaseFault('folder-unreachable', `${folder} is no folder: please choose another DATABASE_FOLDER.`);
	if ((await readdir(folder)).length === 0) return;
	throw new DatabaseFault('folder-unreachable', `The folder ${folder} holds other files: please choose an empty one as DATABASE_FOLDER.`);
}

function notThere(error: NodeJS.ErrnoException): undefined {
	if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
	if (error.code === 'EACCES' || error.code === 'EPERM') {
		throw new DatabaseFault(
			'folder-unreachable',
			`The data folder ${error.path} belongs to another user: please start Evict as that user or as root, or set DATABASE_FOLDER to another place.`
		);
	}
	throw error;
}
