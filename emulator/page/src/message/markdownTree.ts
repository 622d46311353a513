import { parse } from 'discord-markdown-parser';

/** A piece of a text. Which fields there are follows from the type. */
export interface Node {
	type: string;
	content?: string | Node[];
	level?: number;
	target?: string;
	id?: string;
	name?: string;
	timestamp?: string;
	format?: string;
}

const known = new Map<string, Node[]>();
const KEPT = 500;

/** Parses a text; the same text is parsed once. */
export function parseMarkdown(text: string, headings: boolean): Node[] {
	const key = `${headings ? 'x' : 'n'}${text}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const tree = parse(bullets(text), headings ? 'extended' : 'normal') as Node[];
	if (known.size > KEPT) known.clear();
	known.set(key, tree);
	return tree;
}

/** The parser has no lists: their signs are enough here. Code stays as it is. */
function bullets(text: string): string {
	return text
		.split(/(```[\s\S]*?```)/)
		.map((part, index) =>
			index % 2 === 1 ? part : part.replace(/^(\s*)[-*] (?=\S)/gm, (_, indent: string) => `${indent.replaceAll(' ', '\u2002')}•\u2002`)
		)
		.join('');
}
