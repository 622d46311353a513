import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { accountFor, firstClosedParent } from './account.js';

/** The same number of folders up from `src/lib/data/embedded` and from `dist/lib/data/embedded`. */
const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/**
 * Where the embedded server keeps its data when nobody says: `.evict/postgres` beside package.json.
 *
 * Root's own home is closed to everybody, the server's user too: a repository in there keeps its data in /var/lib.
 */
export async function defaultDataFolder(root = repository): Promise<string> {
	const folder = join(root, '.evict', 'postgres');
	const account = await accountFor(folder);
	if (!account.dropped || (await firstClosedParent(root, account)) === undefined) return folder;
	const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
	return join('/var/lib/evict', name, 'postgres');
}
