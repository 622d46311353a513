import { expect, test } from 'vitest';
import { filesBelow, sourceFiles, textOf } from './source.js';

/** What Node 24 exports and Node 22.12, the oldest that may run us, does not: found by comparing the two. */
const newer: Readonly<Record<string, readonly string[]>> = {
	assert: ['Assert', 'partialDeepStrictEqual'],
	crypto: ['argon2', 'argon2Sync', 'decapsulate', 'encapsulate', 'randomUUIDv7'],
	dns: ['resolveTlsa'],
	'dns/promises': ['resolveTlsa'],
	fs: ['Utf8Stream', 'mkdtempDisposableSync'],
	'fs/promises': ['mkdtempDisposable'],
	http: ['setGlobalProxyFromEnv'],
	module: ['findPackageJSON', 'getSourceMapsSupport', 'registerHooks', 'setSourceMapsSupport', 'stripTypeScriptTypes'],
	net: ['BoundSocket'],
	perf_hooks: ['eventLoopUtilization', 'timerify'],
	process: ['execve', 'ref', 'threadCpuUsage', 'unref'],
	'stream/consumers': ['bytes'],
	tls: ['getCACertificates', 'getCertificateCompressionAlgorithms', 'setDefaultCACertificates'],
	url: ['URLPattern', 'fileURLToPathBuffer'],
	util: ['convertProcessSignalToExitCode', 'diff', 'setTraceSigInt'],
	v8: ['getCppHeapStatistics', 'isStringOneByteRepresentation', 'startCpuProfile'],
	worker_threads: ['isInternalThread', 'locks', 'threadName'],
	zlib: [
		'ZstdCompress',
		'ZstdDecompress',
		'createZstdCompress',
		'createZstdDecompress',
		'zstdCompress',
		'zstdCompressSync',
		'zstdDecompress'
	]
};

const named = /import\s*\{([^}]*)\}\s*from\s*'node:([\w/]+)'/g;

function tooNewIn(text: string): string[] {
	return [...text.matchAll(named)].flatMap(([, names = '', module = '']) => {
		const imported = names.split(',').map((name) => name.trim().split(/\s+as\s+/)[0] ?? '');
		return imported.filter((name) => newer[module]?.includes(name)).map((name) => `node:${module} ${name}`);
	});
}

async function filesThatRun(): Promise<readonly string[]> {
	const folders = ['emulator', 'scripts', 'prisma', 'bench'];
	const others = await Promise.all(folders.map((folder) => filesBelow(folder, '**/*.{ts,mjs}', ['emulator/page'])));
	return [...sourceFiles, ...others.flat()];
}

test('what runs on the oldest Node allowed imports nothing that only newer ones have: there it would be a syntax error', async () => {
	const files = await filesThatRun();
	expect(files.length).toBeGreaterThan(500);
	expect(files.flatMap((file) => tooNewIn(textOf(file)).map((name) => `${file}: ${name}`))).toEqual([]);
});

test('a search for files begins at a path: Node 22.12 takes no address', async () => {
	const searches = (await filesThatRun()).flatMap((file) =>
		[...textOf(file).matchAll(/\bglob\(.*?\bcwd: (\w+\(?)/g)].map(([, from]) => ({ file, from }))
	);
	expect(searches.length).toBeGreaterThan(0);
	expect(searches.filter(({ from }) => from !== 'fileURLToPath(' && from !== 'join(')).toEqual([]);
});

test('such an import is seen', () => {
	expect(tooNewIn("import { join } from 'node:path';\nimport { createRequire, findPackageJSON as find } from 'node:module';")).toEqual([
		'node:module findPackageJSON'
	]);
});
