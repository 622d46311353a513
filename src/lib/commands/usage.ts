import type { Leaf } from './leaf.js';
import type { Option } from './options/option.js';

/** How a command is typed: `remind <when> <text>`; `<>` is needed, `[]` can be left out. */
export function usage(leaf: Leaf, prefix: string): string {
	const parts = [...leaf.options].map(([name, option]) => placeholder(name, option));
	return [`${prefix}${leaf.path}`, ...parts].join(' ');
}

/** The same for the slash form; null when it has none. */
export function slashUsage(leaf: Leaf): string | null {
	const [place] = leaf.slash;
	if (place === undefined) return null;
	const path = [place.root, place.group, place.name].filter((word) => word !== null).join(' ');
	return `/${path}`;
}

function placeholder(name: string, { kind, required }: Option<unknown>): string {
	const shown = kind.values === undefined ? name : kind.values.join('|');
	const text = kind.takes === 'rest' || kind.takes === 'many' ? `${shown}…` : shown;
	return required ? `<${text}>` : `[${text}]`;
}
