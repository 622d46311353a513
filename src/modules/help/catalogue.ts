import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { Leaf, LeafGroup } from '#lib/commands/leaf.js';

/** What a person asked about. */
export type Topic =
	| { readonly kind: 'command'; readonly leaf: Leaf }
	| { readonly kind: 'group'; readonly group: LeafGroup }
	| { readonly kind: 'category'; readonly module: string }
	| { readonly kind: 'unknown'; readonly guesses: readonly string[] };

/** A module as people see it. */
export interface Category {
	readonly module: string;
	readonly name: string;
}

/** As the footer of a page says it. Names the category also where a command has the same name. */
const categoryMark = 'module: ';
const mostGuesses = 3;
const mostChoices = 25;

/** The modules that have a command to show, in the order of their names. */
export function categoriesOf(index: CommandIndex, nameOf: (module: string) => string): readonly Category[] {
	const modules = new Set(index.leaves.filter((leaf) => !leaf.hidden).map((leaf) => leaf.module));
	return [...modules].map((module) => ({ module, name: nameOf(module) })).sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** The commands of a module that are shown, in the order of their paths. */
export function leavesIn(index: CommandIndex, module: string): readonly Leaf[] {
	return index.leaves.filter((leaf) => leaf.module === module && !leaf.hidden);
}

/** Finds what was typed: a group before the command that it runs by itself, then a category. A prefix or slash before it is forgiven. */
export function findTopic(typed: string, index: CommandIndex, categories: readonly Category[]): Topic {
	const wanted = typed
		.trim()
		.replace(/^[/;]\s*/, '')
		.toLowerCase();
	const named = wanted.startsWith(categoryMark) ? findCategory(wanted.slice(categoryMark.length), categories) : undefined;
	if (named !== undefined) return { kind: 'category', module: named.module };
	const group = index.group(wanted);
	if (group !== null && group.leaves.length > 1) return { kind: 'group', group };
	const leaf = index.byPath(wanted) ?? index.byId(wanted);
	if (leaf !== null) return { kind: 'command', leaf };
	const category = findCategory(wanted, categories);
	if (category !== undefined) return { kind: 'category', module: category.module };
	return { kind: 'unknown', guesses: index.nearest(wanted, mostGuesses) };
}

function findCategory(wanted: string, categories: readonly Category[]): Category | undefined {
	return categories.find(({ module, name }) => module === wanted || name.toLowerCase() === wanted);
}

/** What Discord offers while a person types: commands that begin with it, then those that hold it, then categories. */
export function choicesFor(
	typed: string,
	index: CommandIndex,
	categories: readonly Category[]
): readonly { name: string; value: string }[] {
	const wanted = typed.trim().toLowerCase();
	const paths = index.leaves.filter((leaf) => !leaf.hidden).map((leaf) => leaf.path);
	const names = categories.filter(({ name }) => name.toLowerCase().includes(wanted));
	const found = [
		...paths.filter((path) => path.startsWith(wanted)).map((path) => ({ name: path, value: path })),
		...paths.filter((path) => !path.startsWith(wanted) && path.includes(wanted)).map((path) => ({ name: path, value: path })),
		...names.map(({ module, name }) => ({ name, value: `${categoryMark}${module}` }))
	];
	return found.slice(0, mostChoices);
}
