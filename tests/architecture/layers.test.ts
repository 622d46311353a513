import { describe, expect, test } from 'vitest';
import { type Import, importsOf, isPiece, isStore, layerOf, moduleOf, sourceFiles, textOf } from './source.js';

const imports = sourceFiles.flatMap(importsOf);
const shown = (wrong: readonly Import[]) => wrong.map(({ from, to }) => `${from} -> ${to}`);
const named = (name: string) => (file: string) => file.startsWith('src/modules/') && file.split('/').at(3)?.replace('.ts', '') === name;
const isDomain = named('domain');
const isService = named('service');
const isRepository = named('repository');
const speaksPrisma = ({ to }: Import) => to.startsWith('@prisma/') || to.startsWith('src/generated/prisma');

describe('who may import whom', () => {
	test('the sources are found, so that none of these rules can pass for want of files', () => {
		expect(sourceFiles.length).toBeGreaterThan(100);
		expect(imports.length).toBeGreaterThan(300);
	});

	test('nobody imports a piece: Sapphire loads it under its own URL, so the importer would hold a second copy', () => {
		expect(shown(imports.filter(({ to }) => isPiece(to)))).toEqual([]);
	});

	test('lib knows no module and no piece', () => {
		expect(
			shown(imports.filter(({ from, to }) => layerOf(from) === 'lib' && (to.startsWith('src/modules/') || isStore(layerOf(to)))))
		).toEqual([]);
	});

	test('lib/core imports nothing but itself', () => {
		expect(shown(imports.filter(({ from, to }) => from.startsWith('src/lib/core/') && !to.startsWith('src/lib/core/')))).toEqual([]);
	});

	test('a domain imports lib/core alone: no Discord, no database, no clock, no dice', () => {
		const allowed = ({ from, to }: Import) => to.startsWith('src/lib/core/') || to.startsWith(`src/modules/${moduleOf(from)}/domain`);
		const pure = ['luxon', 'chrono-node', '@sapphire/duration', 'city-timezones', 'fastest-levenshtein'];
		expect(shown(imports.filter((one) => isDomain(one.from) && !allowed(one) && !pure.includes(one.to)))).toEqual([]);
		const impure = sourceFiles.filter((file) => isDomain(file) && /Date\.now\(|new Date\(\)|Math\.random\(/.test(textOf(file)));
		expect(impure).toEqual([]);
	});

	test('a service speaks neither Prisma nor discord.js, apart from types', () => {
		const wrong = imports.filter((one) => isService(one.from) && (speaksPrisma(one) || one.to === 'discord.js') && !one.typeOnly);
		expect(shown(wrong)).toEqual([]);
	});

	test('only repositories, lib/data, lib/timers and lib/settings speak Prisma', () => {
		const homes = ['src/lib/data/', 'src/lib/timers/', 'src/lib/settings/'];
		const wrong = imports.filter(
			(one) => speaksPrisma(one) && !one.typeOnly && !isRepository(one.from) && !homes.some((home) => one.from.startsWith(home))
		);
		expect(shown(wrong)).toEqual([]);
	});

	test('only lib/data and lib/timers touch Redis', () => {
		const wrong = imports.filter(({ from, to }) => ['ioredis', 'bullmq'].includes(to) && !/^src\/lib\/(data|timers)\//.test(from));
		expect(shown(wrong)).toEqual([]);
	});

	test('a module reaches another through its index alone', () => {
		const wrong = imports.filter(({ from, to }) => {
			const target = to.startsWith('src/modules/') ? moduleOf(to) : null;
			return (
				from.startsWith('src/modules/') && target !== null && target !== moduleOf(from) && !/^src\/modules\/[^/]+\/index\.ts$/.test(to)
			);
		});
		expect(shown(wrong)).toEqual([]);
	});

	test('the container is read in pieces, in the kit that makes them, and in bootstrap', () => {
		const readers = sourceFiles.filter(
			(file) => /\bcontainer\b/.test(textOf(file)) && /from '@sapphire\/(pieces|framework|plugin-[a-z-]+)'/.test(textOf(file))
		);
		const homes = [/^src\/bootstrap/, /^src\/lib\/(commands|pipeline|components|errors|client|timers)\//];
		expect(readers.filter((file) => !isStore(layerOf(file)) && !homes.some((home) => home.test(file)))).toEqual([]);
	});

	test('services never see the container', () => {
		expect(sourceFiles.filter((file) => (isService(file) || isDomain(file)) && /\bcontainer\./.test(textOf(file)))).toEqual([]);
	});
});

test('there is no import cycle', () => {
	const graph = Map.groupBy(
		imports.filter(({ to, typeOnly }) => to.startsWith('src/') && !typeOnly),
		({ from }) => from
	);
	const done = new Set<string>();
	const cycles: string[] = [];
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) {
			cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
			return;
		}
		if (done.has(file)) return;
		for (const { to } of graph.get(file) ?? []) visit(to, [...path, file]);
		done.add(file);
	};
	for (const file of graph.keys()) visit(file, []);
	expect(cycles).toEqual([]);
});
