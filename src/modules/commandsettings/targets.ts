import type { CommandIndex, Resolved } from '#lib/commands/commandIndex.js';
import type { Leaf, LeafGroup } from '#lib/commands/leaf.js';
import type { OwnCall, OwnWords } from '#lib/commands/ownWords.js';
import { type Alias, aliasWord, isProtectedCommand, type Target } from './domain.js';

/** A command or group that somebody named. */
export interface Found extends Target {
	/** As it is typed. */
	readonly path: string;
	readonly leaves: readonly Leaf[];
}

/** A group is stored as all that is below it: its id alone is the command that it runs by itself. */
const allOf = (groupId: string) => `${groupId}-*`;

const known = new WeakMap<CommandIndex, Map<string, readonly string[]>>();

/** The keys under which a command can be switched off or kept for roles: its own and those of its groups. */
export function keysOf(index: CommandIndex, command: string): readonly string[] {
	const kept = known.get(index) ?? new Map<string, readonly string[]>();
	known.set(index, kept);
	const keys = kept.get(command) ?? [command, ...groupsOf(index, command).map(({ id }) => allOf(id))];
	kept.set(command, keys);
	return keys;
}

/** What was typed: a group before the command that it runs by itself, then a command by any of its names. */
export function findTarget(index: CommandIndex, typed: string): Found | null {
	const group = index.group(typed);
	if (group !== null) return targetOfGroup(index, group);
	const leaf = index.byPath(typed) ?? index.byId(typed.trim());
	if (leaf === null) return null;
	const [key = leaf.id, ...around] = keysOf(index, leaf.id);
	return { key, inside: [key], around, path: ownPath(index, leaf.id), leaves: [leaf] };
}

/** The first words of a line that name a command, and what follows them. */
export function splitTarget(index: CommandIndex, line: string): { readonly found: Found; readonly rest: string } | null {
	const resolved = index.resolve(line);
	if (resolved === null) return null;
	const path = line.slice(0, line.length - resolved.rest.length).trim();
	const found = findTarget(index, path);
	return found === null ? null : { found, rest: resolved.rest };
}

/** How a stored key is typed; of a command that is gone, the key. */
export function pathOf(index: CommandIndex, key: string): string {
	const group = index.groups.find(({ id }) => allOf(id) === key);
	if (group !== undefined) return group.path;
	return index.byId(key) === null ? key : ownPath(index, key);
}

/** True when one of these commands must work everywhere: for everybody, to find out what is wrong, or for who runs the bot. */
export function isProtected(leaf: Leaf): boolean {
	return isProtectedCommand(leaf.command, leaf.module) || leaf.permissions.staff !== null;
}

/** True for a word that begins the path of a command. */
export function isCommandWord(index: CommandIndex, word: string): boolean {
	const paths = [...index.leaves, ...index.groups].flatMap((one) => one.paths);
	return paths.some((path) => path.toLowerCase().split(' ')[0] === word);
}

/** The call that an alias stands for, with what was typed after it. Null when its command is gone. Never leads to another alias. */
export function expandAlias(index: CommandIndex, alias: Alias, typed: string): Resolved | null {
	const call = callOf(index, alias, typed);
	return call === null ? null : index.resolve(call);
}

function callOf(index: CommandIndex, alias: Alias, typed: string): string | null {
	const group = index.groups.find(({ id }) => allOf(id) === alias.command);
	const path = group?.path ?? (index.byId(alias.command) === null ? null : ownPath(index, alias.command));
	return path === null ? null : [path, alias.arguments, typed].filter((part) => part !== '').join(' ');
}

/** The server's own words, to be looked up by people. */
export function ownWordsOf(index: CommandIndex, aliases: ReadonlyMap<string, Alias>): OwnWords {
	return {
		words: [...aliases.keys()],
		callOf(line): OwnCall | null {
			const named = splitWord(aliases, line.trim());
			const call = named === null ? null : callOf(index, named.alias, named.rest);
			return named === null || call === null ? null : { word: named.word, call, goesOn: named.rest !== '' };
		}
	};
}

/** The call of a line that begins with one of the server's own words. Null for any other line. */
export function expandLine(index: CommandIndex, aliases: ReadonlyMap<string, Alias>, line: string): Resolved | null {
	const named = splitWord(aliases, line);
	return named === null ? null : expandAlias(index, named.alias, named.rest);
}

function splitWord(
	aliases: ReadonlyMap<string, Alias>,
	line: string
): { readonly word: string; readonly alias: Alias; readonly rest: string } | null {
	const [typed = ''] = line.split(/\s/, 1);
	const word = aliasWord(typed);
	const alias = word === null ? undefined : aliases.get(word);
	return word === null || alias === undefined ? null : { word, alias, rest: line.slice(typed.length).trimStart() };
}

/** A path that leads to this command and to no group: `prefix set` rather than `prefix`, where there is one. */
function ownPath(index: CommandIndex, id: string): string {
	const leaf = index.byId(id);
	return leaf?.paths.find((path) => index.group(path) === null) ?? leaf?.path ?? id;
}

function targetOfGroup(index: CommandIndex, group: LeafGroup): Found {
	const holds = (outer: LeafGroup, inner: LeafGroup) => inner.leaves.every((leaf) => outer.leaves.includes(leaf));
	const within = index.groups.filter((other) => holds(group, other));
	const around = index.groups.filter((other) => !within.includes(other) && holds(other, group));
	return {
		key: allOf(group.id),
		inside: [...within.map(({ id }) => allOf(id)), ...group.leaves.map(({ id }) => id)],
		around: around.map(({ id }) => allOf(id)),
		path: group.path,
		leaves: group.leaves
	};
}

function groupsOf(index: CommandIndex, command: string): readonly LeafGroup[] {
	return index.groups.filter(({ leaves }) => leaves.some(({ id }) => id === command));
}
