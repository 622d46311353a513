import type { Leaf, LeafGroup } from './leaf.js';
import { closest, nearest } from './suggest.js';

/** What a typed line leads to: a leaf, or a group without a leaf for what follows. */
export type Resolved =
	| { readonly leaf: Leaf; readonly group: null; readonly rest: string }
	| { readonly leaf: null; readonly group: LeafGroup; readonly rest: string };

const LONGEST_PATH = 3;

/**
 * Every path that a person can type after a prefix.
 *
 * @throws Error when two commands want the same path: the bot must not start with one of them unreachable.
 */
export class CommandIndex {
	readonly #leaves = new Map<string, Leaf>();
	readonly #groups = new Map<string, LeafGroup>();
	readonly leaves: readonly Leaf[];
	readonly groups: readonly LeafGroup[];

	public constructor(leaves: readonly Leaf[], groups: readonly LeafGroup[]) {
		this.leaves = [...leaves].sort((a, b) => (a.path < b.path ? -1 : 1));
		this.groups = groups;
		for (const leaf of leaves) {
			for (const path of leaf.paths) this.#claim(path, leaf);
		}
		for (const group of groups) {
			for (const path of group.paths) this.#groups.set(path.toLowerCase(), group);
		}
	}

	#claim(path: string, leaf: Leaf): void {
		const key = path.toLowerCase();
		const other = this.#leaves.get(key);
		if (other !== undefined && other !== leaf)
			throw new Error(`The command path "${key}" is taken twice: by ${other.id} and by ${leaf.id}.`);
		this.#leaves.set(key, leaf);
	}

	/** The longest path that the line begins with. Null when its first word is no command of ours. */
	public resolve(line: string): Resolved | null {
		const words = leadingWords(line);
		for (let count = words.length; count > 0; count -= 1) {
			const path = words
				.slice(0, count)
				.map(({ word }) => word)
				.join(' ');
			const rest = line.slice(words[count - 1]?.end).trimStart();
			const leaf = this.#leaves.get(path);
			if (leaf !== undefined) return { leaf, group: null, rest };
			const group = this.#groups.get(path);
			if (group !== undefined) return { leaf: null, group, rest };
		}
		return null;
	}

	public byId(id: string): Leaf | null {
		return this.leaves.find((leaf) => leaf.id === id) ?? null;
	}

	/** A leaf by any of its paths. */
	public byPath(path: string): Leaf | null {
		return this.#leaves.get(path.trim().toLowerCase().replaceAll(/\s+/g, ' ')) ?? null;
	}

	public group(path: string): LeafGroup | null {
		return this.#groups.get(path.trim().toLowerCase().replaceAll(/\s+/g, ' ')) ?? null;
	}

	/** The paths that may have been meant by what was typed; `besides`: names that are none of ours and may be meant too. */
	public suggest(typed: string, count: number, besides: readonly string[] = []): readonly string[] {
		return closest(typed, this.#paths(besides), count);
	}

	/** The paths nearest to what was typed, however far they are. */
	public nearest(typed: string, count: number, besides: readonly string[] = []): readonly string[] {
		return nearest(typed, this.#paths(besides), count);
	}

	#paths(besides: readonly string[]): ReadonlySet<string> {
		return new Set([...this.#leaves.keys(), ...this.#groups.keys(), ...besides]);
	}
}

function leadingWords(line: string): { word: string; end: number }[] {
	const words: { word: string; end: number }[] = [];
	for (const match of line.matchAll(/\S+/g)) {
		words.push({ word: match[0].toLowerCase(), end: match.index + match[0].length });
		if (words.length === LONGEST_PATH) break;
	}
	return words;
}
