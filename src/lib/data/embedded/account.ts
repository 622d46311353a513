import { chmod, chown, lstat, mkdir, readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { DatabaseFault } from '#lib/data/databaseFault.js';

/** Whom the server runs as. */
export interface Account {
	readonly uid: number;
	readonly gid: number;
	/** We are root, and the server must not be. */
	readonly dropped: boolean;
}

/** "nobody" on every Linux: PostgreSQL refuses to run as root. */
const nobody = 65_534;

/** Ourselves; for root the owner of an existing data folder, otherwise nobody. */
export async function accountFor(folder: string, own = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }): Promise<Account> {
	if (own.uid !== 0) return { ...own, dropped: false };
	const owner = await stat(folder).catch(() => undefined);
	const has = owner !== undefined && owner.uid !== 0;
	return { uid: has ? owner.uid : nobody, gid: has ? owner.gid : nobody, dropped: true };
}

/** The first folder on the way to `path` (itself included) that the account may not enter. */
export async function firstClosedParent(path: string, account: Account): Promise<string | undefined> {
	const way: string[] = [];
	for (let folder = resolve(path); ; folder = dirname(folder)) {
		way.unshift(folder);
		if (folder === dirname(folder)) break;
	}
	for (const folder of way) {
		const found = await stat(folder).catch(() => undefined);
		// What does not exist yet is made by us.
		if (found === undefined) return undefined;
		const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
		if ((found.mode & bit) === 0) return folder;
	}
	return undefined;
}

/** Makes the folder that the data folder lies in. @throws DatabaseFault when the account cannot get there. */
export async function prepareParent(parent: string, account: Account): Promise<void> {
	const first = await cannotMake(parent, () => mkdir(parent, { recursive: true, mode: 0o755 }));
	// Whatever umask says: the server has to pass through what we made.
	if (account.dropped && first !== undefined) {
		for (let made = parent; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
	}
	const closed = await firstClosedParent(parent, account);
	if (closed === undefined) return;
	const who = account.dropped ? `the user that the database runs as (${account.uid}, since it must not be root)` : 'this user';
	throw new DatabaseFault(
		'folder-unreachable',
		`The folder ${closed} cannot be entered by ${who}: please open it (chmod o+x), set DATABASE_FOLDER to another place, or set DATABASE_URL.`
	);
}

/** Makes an empty folder that is the account's alone. */
export async function makeOwnFolder(folder: string, account: Account): Promise<void> {
	await cannotMake(folder, async () => {
		await mkdir(folder, { mode: 0o700 });
		if (account.dropped) await chown(folder, account.uid, account.gid);
	});
}

async function cannotMake<T>(folder: string, make: () => Promise<T>): Promise<T> {
	try {
		return await make();
	} catch (error) {
		const code = error instanceof Error && 'code' in error ? error.code : undefined;
		if (!['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(String(code))) throw error;
		throw new DatabaseFault(
			'folder-unreachable',
			`The folder ${folder} cannot be made: please give this user the right to, set DATABASE_FOLDER to another place, or set DATABASE_URL.`,
			{ cause: error }
		);
	}
}

/** @throws DatabaseFault when an existing data folder belongs to somebody else: PostgreSQL would refuse it in worse words. */
export async function assertOwn(folder: string, account: Account): Promise<void> {
	const found = await lstat(folder);
	const readable = await readdir(folder).then(
		() => true,
		() => false
	);
	if (found.uid === account.uid && readable) return;
	throw new DatabaseFault(
		'folder-unreachable',
		`The data folder ${folder} belongs to another user (${found.uid}): please start Evict as that user or as root, or set DATABASE_FOLDER to another place.`
	);
}
