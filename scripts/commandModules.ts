import type { Leaf } from '#lib/commands/leaf.js';
import type { Menu } from '#lib/commands/menu.js';
import type { Defined } from '#lib/commands/pieces.js';
import type { Languages } from '#lib/i18n/languages.js';
import { catalogueCommands } from './catalogueCommands.js';
import { pathOf } from './commandList.js';
import { foldedCommands } from './foldedCommands.js';
import { allotment } from './slashRoots.js';

/** Modules without a slash root of their own, by which the others are known. */
const rootless: Readonly<Record<string, string>> = { access: 'M04' };

/** One module of the catalogue, and what there is of it. */
export interface CommandModule {
	readonly number: string;
	readonly title: string;
	/** Folders of src/commands. */
	readonly folders: readonly string[];
	readonly leaves: readonly Leaf[];
	readonly menus: readonly Menu[];
	/** Rows of the catalogue that are the bare word of a group: by prefix it shows what is below it. */
	readonly groups: readonly string[];
	/** Rows that are met in another way or not at all, with the reason. */
	readonly folded: readonly { readonly row: string; readonly reason: string }[];
	readonly toCome: readonly string[];
}

/** The number of the module of the catalogue that a folder of src/commands belongs to; null when nothing says it. */
export function numberOf(folder: string, leaves: readonly Leaf[]): string | null {
	const roots = leaves.filter((leaf) => leaf.module === folder).flatMap((leaf) => leaf.slash.map(({ root }) => root));
	const allotted = allotment.find((module) => module.roots.some((root) => roots.includes(root)));
	return rootless[folder] ?? allotted?.number ?? null;
}

/** Compares the catalogue with what is defined. */
export function commandModules({ leaves, groups, menus }: Defined, languages: Languages): readonly CommandModule[] {
	const paths = new Set(leaves.flatMap((leaf) => leaf.paths));
	const slash = new Set(leaves.flatMap((leaf) => leaf.slash.map((place) => `${pathOf(place)} (slash)`)));
	const entries = new Set(menus.map((menu) => `${languages.command(menu.leaf.id).description.toLowerCase()} (menu)`));
	const bare = new Set(groups.flatMap((group) => group.paths));
	const folders = [...new Set([...leaves, ...menus.map(({ leaf }) => leaf)].map((leaf) => leaf.module))].sort();
	return allotment.map(({ number, title }) => {
		const own = folders.filter((folder) => numberOf(folder, leaves) === number);
		const folded = foldedCommands.filter((entry) => entry.module === number);
		const open = (catalogueCommands[number] ?? []).filter((row) => !paths.has(row) && !slash.has(row) && !entries.has(row));
		const known = new Set(folded.map(({ row }) => row));
		return {
			number,
			title,
			folders: own,
			leaves: leaves.filter((leaf) => own.includes(leaf.module)).sort((a, b) => (a.path < b.path ? -1 : 1)),
			menus: menus.filter(({ leaf }) => own.includes(leaf.module)),
			groups: open.filter((row) => bare.has(row) && !known.has(row)),
			folded,
			toCome: open.filter((row) => !bare.has(row) && !known.has(row))
		};
	});
}
