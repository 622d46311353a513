import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import { catalogueCommands } from '../../scripts/catalogueCommands.js';
import { loadDefinitions } from '../../scripts/commandList.js';
import { commandModules, numberOf } from '../../scripts/commandModules.js';
import { foldedCommands } from '../../scripts/foldedCommands.js';
import { allotment } from '../../scripts/slashRoots.js';
import { root } from './source.js';

const defined = await loadDefinitions();
const modules = commandModules(defined, loadLanguages());

test('docs/commands.md says what the definitions say', () => {
	const options = ['--import', 'tsx', '--conditions=source', 'scripts/commandsDocument.ts', '--check'];
	const { status, stderr } = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' });
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('the list of the catalogue has the commands that each module is said to have', () => {
	const counted = Object.entries(catalogueCommands).map(([number, rows]) => [number, new Set(rows).size]);
	expect(counted).toEqual(allotment.map(({ number, commands }) => [number, commands]));
});

test('every module of commands belongs to one of the catalogue: by a slash root of its own, or by a word in scripts/commandModules.ts', () => {
	const folders = [...new Set(defined.leaves.map((leaf) => leaf.module))];
	expect(folders.filter((folder) => numberOf(folder, defined.leaves) === null)).toEqual([]);
	expect(modules.flatMap((module) => module.leaves)).toHaveLength(defined.leaves.length);
});

describe('what is folded or left out', () => {
	test('is a row of the catalogue, once, with a reason', () => {
		const keys = foldedCommands.map(({ module, row }) => `${module} ${row}`);
		expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
		expect(foldedCommands.filter(({ module, row }) => !catalogueCommands[module]?.includes(row))).toEqual([]);
		expect(foldedCommands.filter(({ reason }) => reason.length < 15)).toEqual([]);
	});

	test('is not there as a command all the same', () => {
		const paths = new Set(defined.leaves.flatMap((leaf) => leaf.paths));
		expect(foldedCommands.filter(({ row }) => paths.has(row))).toEqual([]);
	});
});

test('a command without a slash form is listed with the reason', async () => {
	const document = await readFile(`${root}/docs/commands.md`, 'utf8');
	const list = document.slice(document.indexOf('## Without a slash form'));
	const without = defined.leaves.filter((leaf) => leaf.slash.length === 0);
	expect(without.length).toBeGreaterThan(5);
	for (const { path, noSlash } of without) {
		expect(noSlash?.length).toBeGreaterThan(5);
		expect(list).toContain(`| \`${path}\` | ${noSlash?.replaceAll('|', '\\|')} |`);
	}
});
