import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { ArgumentStore, CommandStore, InteractionHandlerStore, ListenerStore, type Piece, PreconditionStore } from '@sapphire/framework';
import { container, type Store } from '@sapphire/pieces';
import { ScheduledTaskStore } from '@sapphire/plugin-scheduled-tasks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JoinStepStore, MessageStepStore, VoiceStepStore } from '#lib/pipeline/stores.js';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
/** Below the repository, so that imports such as #lib/… are found. */
const place = join(root, 'tests', `.generated-${randomBytes(4).toString('hex')}`);

const templates = (await readdir(join(root, 'src', 'templates'))).map((file) => basename(file, '.ts.sapphire')).sort();
const stores = [
	new ArgumentStore(),
	new CommandStore(),
	new InteractionHandlerStore(),
	new ListenerStore(),
	new PreconditionStore(),
	new ScheduledTaskStore(),
	new MessageStepStore(),
	new JoinStepStore(),
	new VoiceStepStore()
];

beforeAll(async () => {
	// Commands read the defaults of a client while they are made; it never logs in.
	Reflect.set(container, 'client', { options: {} });
	await mkdir(join(place, 'src'), { recursive: true });
	await cp(join(root, 'src', 'templates'), join(place, 'src', 'templates'), { recursive: true });
	await cp(join(root, '.sapphirerc.json'), join(place, '.sapphirerc.json'));
	// What the pieces find in the container is declared where the modules are put together.
	const config = {
		extends: '../../tsconfig.json',
		include: ['src/*/example/*.ts', '../../src/services.ts', '../../src/lib/**/*.ts'],
		exclude: []
	};
	await writeFile(join(place, 'tsconfig.json'), JSON.stringify(config));
	const cli = join(root, 'node_modules', '@sapphire', 'cli', 'dist', 'cli.js');
	for (const template of templates) await run(process.execPath, [cli, 'generate', template, `example/${template}Example`], { cwd: place });
});

afterAll(() => rm(place, { recursive: true, force: true }));

test('every store of .sapphirerc.json is one that the bot has, and the other way round', async () => {
	const { locations } = JSON.parse(await readFile(join(root, '.sapphirerc.json'), 'utf8'));
	const { base, ...folders } = locations;
	expect(base).toBe('src');
	expect(Object.values(folders).sort()).toEqual(stores.map((store) => store.name).sort());
});

test('what the templates generate passes the type checker', async () => {
	const checked = run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '--project', place], { cwd: root });
	expect(await checked.catch((error: { stdout: string }) => error.stdout)).toMatchObject({ stdout: '' });
});

test.each(templates)('a generated %s loads as a piece of its store', async (template) => {
	const found = (await readdir(join(place, 'src'), { recursive: true })).find((file) => file.endsWith(`${template}Example.ts`));
	if (found === undefined) throw new Error(`Nothing was generated from ${template}`);
	const [folder] = found.split('/');
	const store = stores.find(({ name }) => name === folder);
	if (store === undefined) throw new Error(`There is no store ${folder}`);
	const pieces = await loaded(store, join(place, 'src', found));
	expect(pieces.map(({ name }) => name)).toHaveLength(1);
});

/** As Sapphire does it: every exported class that extends the store's. */
async function loaded(store: Store<Piece>, path: string): Promise<Piece[]> {
	const exported: Record<string, unknown> = await import(pathToFileURL(path).href);
	const data = { root: join(place, 'src', store.name), path, name: basename(path, '.ts'), extension: '.ts' };
	const classes = Object.values(exported).filter(
		(value): value is typeof Piece => typeof value === 'function' && value.prototype instanceof store.Constructor
	);
	return classes.map((piece) => store.construct(piece, data));
}
