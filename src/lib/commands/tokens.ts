import { Lexer } from '@sapphire/lexure';

/** One word of a line, without its quotes, and where it begins. */
export interface Token {
	readonly value: string;
	readonly start: number;
}

const QUOTES: [open: string, close: string][] = [
	['"', '"'],
	['“', '”'],
	['„', '“'],
	['「', '」'],
	['«', '»']
];

const lexer = new Lexer({ quotes: QUOTES });

/** Splits a line into words; what stands in quotes is one word. */
export function tokenize(line: string): readonly Token[] {
	const tokens: Token[] = [];
	let position = 0;
	for (const token of lexer.run(line)) {
		const start = position + token.leading.length;
		tokens.push({ value: token.value, start });
		position = start + token.raw.length;
	}
	return tokens;
}
