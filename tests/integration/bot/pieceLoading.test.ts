import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PreconditionStore } from '@sapphire/framework';
import { StoreRegistry } from '@sapphire/pieces';
import { expect, onTestFinished, test } from 'vitest';
import { watchPieceLoading } from '#lib/client/pieceLoading.js';

const framework = import.meta.resolve('@sapphire/framework');
const piece = `import { Precondition } from '${framework}';\nexport class Check extends Precondition {}\n`;

/** A registry of one store over these files; `.ts`, since the sources are what runs here. */
async function load(files: Record<string, string>) {
	const root = await mkdtemp(join(tmpdir(), 'evict-pieces-'));
	onTestFinished(() => rm(root, { recursive: true }));
	for (const [path, text] of Object.entries(files)) {
		await mkdir(dirname(join(root, 'preconditions', path)), { recursive: true });
		await writeFile(join(root, 'preconditions', path), text);
	}
	const stores = new StoreRegistry();
	const store = new PreconditionStore();
	stores.register(store);
	const loading = watchPieceLoading(stores);
	stores.registerPath(root);
	return { loading, loaded: store.loadAll() };
}

test('what was loaded is known by store, name and module, with the time it took', async () => {
	const { loading, loaded } = await load({ 'afk/one.ts': piece, 'two.ts': piece });
	await loaded;
	expect(loading.pieces.map(({ store, name, module }) => [store, name, module]).sort()).toEqual([
		['preconditions', 'one', 'afk'],
		['preconditions', 'two', null]
	]);
	expect(loading.pieces.every(({ importMs }) => importMs >= 0)).toBe(true);
});

test('a piece that fails to load, and one without a class, stop the start, both named', async () => {
	const { loaded } = await load({
		'broken.ts': "throw new Error('no such luck');\n",
		'empty.ts': 'export const nothing = 1;\n',
		'fine.ts': piece
	});
	await expect(loaded).rejects.toMatchObject({
		name: 'StartFailure',
		message: expect.stringMatching(
			/broken\.ts did not load: no such luck.*empty\.ts did not load|empty\.ts did not load.*broken\.ts did not load: no such luck/s
		)
	});
});

test('two pieces of one name stop the start: folders do not count', async () => {
	const { loaded } = await load({ 'afk/check.ts': piece, 'levels/check.ts': piece });
	await expect(loaded).rejects.toMatchObject({
		name: 'StartFailure',
		message: expect.stringMatching(/Two preconditions are called "check": .*(afk|levels)\/check\.ts and .*(afk|levels)\/check\.ts/)
	});
});
