import { basename } from 'node:path';
import { Subcommand } from '@sapphire/plugin-subcommands';
import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { guardOrder, leafGuards } from '#lib/commands/guards/guards.js';
import { guardsOf } from '#lib/commands/pieces.js';
import { SlashIndex } from '#lib/commands/slash/slashIndex.js';
import { applicationCommands } from '#lib/commands/slash/slashJson.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { loadCommandModules, loadDefinitions } from '../../scripts/commandList.js';
import { isPiece, layerOf, moduleOf, sourceFiles } from './source.js';

const languages = loadLanguages();
const { leaves, groups, menus } = await loadDefinitions();

test('piece names are unique in their store: of two with one name Sapphire silently keeps the last', () => {
	const names = sourceFiles.filter(isPiece).map((file) => `${layerOf(file)}/${basename(file).toLowerCase()}`);
	expect(names.length).toBeGreaterThan(20);
	expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

describe('commands', () => {
	test('no two want one id, one path or one place in the slash list', () => {
		const ids = [...leaves, ...menus.map((menu) => menu.leaf)].map((leaf) => leaf.id);
		expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
		expect(() => new CommandIndex(leaves, groups)).not.toThrow();
		expect(() => new SlashIndex(leaves, new Map())).not.toThrow();
	});

	test('an id names its module, which is the folder of its file', () => {
		const folders = new Set(sourceFiles.filter((file) => layerOf(file) === 'commands').map(moduleOf));
		expect(leaves.filter((leaf) => !folders.has(leaf.module)).map((leaf) => leaf.id)).toEqual([]);
		expect(leaves.filter((leaf) => leaf.id !== leaf.id.toLowerCase()).map((leaf) => leaf.id)).toEqual([]);
	});

	test.each(leaves.map((leaf) => [leaf.id, leaf] as const))(
		'%s has a description, an example and a sentence for each option',
		(id, leaf) => {
			const text = languages.command(id);
			expect(text.description.length).toBeGreaterThan(5);
			expect(text.description.length).toBeLessThanOrEqual(100);
			expect(text.examples.length).toBeGreaterThan(0);
			expect(Object.keys(text.options).sort()).toEqual([...leaf.options.keys()].sort());
		}
	);

	test.each(leaves.map((leaf) => [leaf.id, leaf] as const))('%s hangs behind every guard, in their order', (_, leaf) => {
		expect(guardsOf(leaf).map((entry) => (typeof entry === 'object' && 'name' in entry ? entry.name : entry))).toEqual([...leafGuards]);
	});

	test.each(leaves.map((leaf) => [leaf.id, leaf] as const))('%s has a slash form, or a reason for none', (_, leaf) => {
		expect(leaf.slash.length > 0 || (leaf.noSlash ?? '').length > 5).toBe(true);
	});

	test('every guard is a precondition piece of its name', () => {
		const pieces = sourceFiles.filter((file) => layerOf(file) === 'preconditions').map((file) => basename(file, '.ts'));
		expect([...guardOrder].sort()).toEqual(pieces.sort());
	});

	test('every group piece is an instance of the subcommand plugin', async () => {
		const modules = await loadCommandModules();
		const pieces = modules.flatMap((module) => Object.values(module)).filter((value) => typeof value === 'function' && 'defined' in value);
		const grouped = pieces.filter((piece) => piece.defined.groups.length > 0);
		expect(grouped.length).toBeGreaterThan(0);
		expect(grouped.filter((piece) => !(piece.prototype instanceof Subcommand))).toEqual([]);
	});
});

describe('the slash list', () => {
	const commands = applicationCommands(leaves, menus, languages);
	const roots = commands.filter((command) => command.type === 1);

	test('keeps the limits of Discord: 100 roots, 5 menus of a kind, 25 entries a level, 8,000 characters a root', () => {
		expect(roots.length).toBeLessThanOrEqual(100);
		for (const kind of [2, 3]) expect(commands.filter((command) => command.type === kind).length).toBeLessThanOrEqual(5);
		for (const root of roots) {
			expect(sizeOf(root), root.name).toBeLessThanOrEqual(8_000);
			expect(mostEntries(root), root.name).toBeLessThanOrEqual(25);
		}
	});

	test('has names and descriptions that Discord takes', () => {
		const wrong = everyNode(roots).filter(
			({ name, description }) =>
				!/^[-_\p{L}\p{N}]{1,32}$/u.test(name) || name !== name.toLowerCase() || !description || description.length > 100
		);
		expect(wrong).toEqual([]);
	});

	test('asks for what is required first', () => {
		const late = everyNode(roots).filter(({ options }) => {
			const required = (options ?? []).map((option) => option.required === true);
			return required.some((needed, index) => needed && required[index - 1] === false);
		});
		expect(late).toEqual([]);
	});
});

interface Node {
	readonly name: string;
	readonly description?: string;
	readonly required?: boolean;
	readonly options?: readonly Node[];
	readonly choices?: readonly { readonly name: string; readonly value: string | number }[];
}

function everyNode(nodes: readonly object[]): readonly Node[] {
	return (nodes as readonly Node[]).flatMap((node) => [node, ...everyNode(node.options ?? [])]);
}

function mostEntries(node: object): number {
	return Math.max(...everyNode([node]).map(({ options }) => options?.length ?? 0));
}

/** Discord counts names, descriptions and choices of everything below a root. */
function sizeOf(node: object): number {
	const choices = (one: Node) => (one.choices ?? []).reduce((sum, { name, value }) => sum + name.length + String(value).length, 0);
	return everyNode([node]).reduce((sum, one) => sum + one.name.length + (one.description ?? '').length + choices(one), 0);
}
