import type { Leaf } from './leaf.js';
import type { Option } from './options/option.js';
import { slashName } from './slash/slashName.js';

/** How a command is typed: `remind <when> <text>`; `<>` is needed, `[]` can be left out. */
export function usage(leaf: Leaf, prefix: string): string {
	const options = [...leaf.options];
	// What comes after one that takes the rest of the line can be given by slash alone.
	const rest = options.findIndex(([, { kind }]) => kind.takes === 'rest' || kind.takes === 'many');
	const typed = rest === -1 ? options : options.filter(([, { kind }], index) => index <= rest || kind.takes === 'attachment');
	const words = typed.map(([name, option]) => (isFlag(leaf, name) ? `[--${slashName(name)}]` : placeholder(name, option)));
	return [`${prefix}${leaf.path}`, ...words].join(' ');
}

/** What is off unless its name is typed with two dashes. Not where the rest of the line is somebody's own words. */
export function isFlag(leaf: Leaf, name: string): boolean {
	const options = [...leaf.options];
	const option = leaf.options.get(name);
	return option?.kind.label === 'boolean' && option.fallback === false && options.every(([, { kind }]) => kind.takes === 'word');
}

/** The same for the slash form; null when it has none. */
export function slashUsage(leaf: Leaf): string | null {
	const [place] = leaf.slash;
	if (place === undefined) return null;
	const path = [place.root, place.group, place.name].filter((word) => word !== null).join(' ');
	const options = [...leaf.options].map(([name, { required }]) => (required ? `${slashName(name)}:` : `[${slashName(name)}:]`));
	return [`/${path}`, ...options].join(' ');
}

function placeholder(name: string, { kind, required }: Option<unknown>): string {
	const shown = kind.values === undefined ? name : kind.values.join('|');
	const text = kind.takes === 'rest' || kind.takes === 'many' ? `${shown}…` : shown;
	return required ? `<${text}>` : `[${text}]`;
}
