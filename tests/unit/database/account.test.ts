import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accountFor, firstClosedParent } from '#lib/data/embedded/account.js';
import { defaultDataFolder } from '#lib/data/embedded/folder.js';

const nobody = { uid: 65_534, gid: 65_534, dropped: true };
let parent: string;
beforeEach(async () => {
	parent = await mkdtemp(join(tmpdir(), 'evict_test_'));
	await chmod(parent, 0o755);
});
afterEach(() => rm(parent, { recursive: true }));

test('an ordinary user stays who he is, root becomes nobody', async () => {
	expect(await accountFor(parent, { uid: 1000, gid: 1000 })).toEqual({ uid: 1000, gid: 1000, dropped: false });
	expect(await accountFor(join(parent, 'missing'), { uid: 0, gid: 0 })).toEqual(nobody);
});

test('the first closed folder on the way is found, and what is not there yet is no obstacle', async () => {
	await mkdir(join(parent, 'closed', 'inside'), { recursive: true });
	expect(await firstClosedParent(join(parent, 'closed', 'inside', 'later'), nobody)).toBeUndefined();
	await chmod(join(parent, 'closed'), 0o700);
	expect(await firstClosedParent(join(parent, 'closed', 'inside'), nobody)).toBe(join(parent, 'closed'));
});

test.runIf(process.getuid?.() === 0)('data lies beside package.json, but not in a home that is closed to the server', async () => {
	expect(await defaultDataFolder(parent)).toBe(join(parent, '.evict', 'postgres'));
	await chmod(parent, 0o700);
	expect(await defaultDataFolder(parent)).toMatch(/^\/var\/lib\/evict\/[0-9a-f]{12}\/postgres$/);
});
