import type { CommandIndex } from '#lib/commands/commandIndex.js';
import type { Leaf, LeafGroup } from '#lib/commands/leaf.js';
import { noOwnWords, type OwnCall, type OwnWords } from '#lib/commands/ownWords.js';

/** What a person asked about. */
export type Topic =
	| CommandTopic
	| { readonly kind: 'category'; readonly module: string }
	| { readonly kind: 'unknown'; readonly guesses: readonly string[] };

/** `own`: the server's own word that was asked about. */
type CommandTopic = ({ readonly kind: 'command'; readonly leaf: Leaf } | { readonly kind: 'group'; readonly group: LeafGroup }) & {
	readonly own?: OwnCall;
};

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

/**
 * Finds what was typed: a group before the command that it runs by itself, then one of the server's own words, then a category. A prefix or
 * slash before it is forgiven.
 */
export function findTopic(
	typed: string,
	index: CommandIndex,
	categories: readonly Category[],
	{ ownWords = noOwnWords, prefixes = [] }: { readonly ownWords?: OwnWords; readonly prefixes?: readonly string[] } = {}
): Topic {
	const topic = findExactly(typed, index, categories, ownWords);
	if (topic.kind !== 'unknown') return topic;
	// A prefix may be a letter: it is taken off only where the whole means nothing.
	const prefix = prefixes.find((one) => typed.toLowerCase().startsWith(one.toLowerCase()));
	return prefix === undefined ? topic : findExactly(typed.slice(prefix.length), index, categories, ownWords);
}

function findExactly(typed: string, index: CommandIndex, categories: readonly Category[], ownWords: OwnWords): Topic {
	const wanted = typed
		.trim()
		.replace(/^[/;]\s*/, '')
		.toLowerCase();
	const named = wanted.startsWith(categoryMark) ? findCategory(wanted.slice(categoryMark.length), categories) : undefined;
	if (named !== undefined) return { kind: 'category', module: named.module };
	const command = findCommand(wanted, index) ?? findOwn(typed, index, ownWords) ?? findOwn(wanted, index, ownWords);
	if (command !== null) return command;
	const category = findCategory(wanted, categories);
	if (category !== undefined) return { kind: 'category', module: category.module };
	return { kind: 'unknown', guesses: index.nearest(wanted, mostGuesses, ownWords.words) };
}

function findCommand(wanted: string, index: CommandIndex): CommandTopic | null {
	const group = index.group(wanted);
	if (group !== null && group.leaves.length > 1) return { kind: 'group', group };
	const leaf = index.byPath(wanted) ?? index.byId(wanted);
	return leaf === null ? null : { kind: 'command', leaf };
}

/** What an own word stands for may have arguments; what somebody asks about after it is to be a command. */
function findOwn(typed: string, index: CommandIndex, ownWords: OwnWords): CommandTopic | null {
	const own = ownWords.callOf(typed);
	if (own === null) return null;
	const exact = findCommand(own.call, index);
	if (exact !== null) return { ...exact, own };
	const called = own.goesOn ? null : index.resolve(own.call);
	if (called === null) return null;
	return called.leaf === null ? { kind: 'group', group: called.group, own } : { kind: 'command', leaf: called.leaf, own };
}

function findCategory(wanted: string, categories: readonly Category[]): Category | undefined {
	return categories.find(({ module, name }) => module === wanted || name.toLowerCase() === wanted);
}

/** What Discord offers while a person types: commands that begin with it, then those that hold it, the server's own words, categories. */
export function choicesFor(
	typed: string,
	index: CommandIndex,
	categories: readonly Category[],
	ownWords: OwnWords = noOwnWords
): readonly { name: string; value: string }[] {
	const wanted = typed.trim().toLowerCase();
	const paths = index.leaves.filter((leaf) => !leaf.hidden).map((leaf) => leaf.path);
	const names = categories.filter(({ name }) => name.toLowerCase().includes(wanted));
	const found = [
		...paths.filter((path) => path.startsWith(wanted)).map((path) => ({ name: path, value: path })),
		...paths.filter((path) => !path.startsWith(wanted) && path.includes(wanted)).map((path) => ({ name: path, value: path })),
		...ownWords.words.filter((word) => word.includes(wanted)).map((word) => ({ name: word, value: word })),
		...names.map(({ module, name }) => ({ name, value: `${categoryMark}${module}` }))
	];
	return found.slice(0, mostChoices);
}
