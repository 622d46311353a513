import { type Token, tokensOf } from './uwuTokens.js';

/** Discord: a message has 2,000 characters at most. */
const longestMessage = 2_000;

const faces = ['uwu', 'owo', '^w^', 'OwO', ':3', 'UwU', 'nya~', '>w<'] as const;

/** Letters for letters: never longer than before. */
const sounds: readonly (readonly [RegExp, string])[] = [
	[/[rl]/g, 'w'],
	[/[RL]/g, 'W'],
	[/ove/g, 'uv'],
	[/OVE/g, 'UV']
];
const softer: readonly (readonly [RegExp, string])[] = [
	[/n(?=[aeiou])/g, 'ny'],
	[/N(?=[aeiou])/g, 'Ny'],
	[/N(?=[AEIOU])/g, 'NY']
];

/**
 * What somebody wrote in baby talk, in as many messages as it needs. The same text always sounds the same. Mentions, links, emoji and
 * code stay as they are.
 */
export function uwuify(text: string): readonly string[] {
	const tokens = tokensOf(text.trim());
	const said = tokens.map((token) => (token.isFixed ? token : { ...token, text: babyTalk(token.text) }));
	const whole = said.map((token) => token.text).join('');
	const face = ` ${faces[diceOf(text) % faces.length]}`;
	if (whole.length + face.length > longestMessage) return parts(said);
	return [endsInCode(said) ? `${whole}\n${face.trimStart()}` : whole + face];
}

function babyTalk(text: string): string {
	let said = text;
	for (const [sound, soft] of [...softer, ...sounds]) said = said.replaceAll(sound, soft);
	return said.replaceAll(/(?<![\p{L}\p{N}])\p{L}(?=\p{L}{3})/gu, (letter, offset: number) =>
		// Every fifth long word is stuttered.
		diceOf(said.slice(offset, offset + 8)) % 5 === 0 ? `${letter}-${letter}` : letter
	);
}

/** Cut between tokens and words, so that no link and no code is torn. */
function parts(tokens: readonly Token[]): readonly string[] {
	const done: string[] = [];
	let open = '';
	const add = (piece: string): void => {
		if (open.length + piece.length > longestMessage) {
			if (open.trim() !== '') done.push(open.trimEnd());
			open = '';
		}
		open += piece;
	};
	for (const { text, isFixed } of tokens) {
		const pieces = isFixed ? [text] : (text.match(/\S+\s*|\s+/g) ?? []);
		for (const piece of pieces.flatMap(slices)) add(piece);
	}
	if (open.trim() !== '') done.push(open.trimEnd());
	return done;
}

/** What is longer than a message is cut anyhow, but not within a character. */
function slices(piece: string): readonly string[] {
	if (piece.length <= longestMessage) return [piece];
	const end = /[\uD800-\uDBFF]/.test(piece.charAt(longestMessage - 1)) ? longestMessage - 1 : longestMessage;
	return [piece.slice(0, end), ...slices(piece.slice(end))];
}

function endsInCode(tokens: readonly Token[]): boolean {
	return tokens.at(-1)?.text.endsWith('```') === true;
}

/** A number that looks thrown, the same for the same text: nothing here depends on chance. */
function diceOf(text: string): number {
	let sum = 7;
	for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
	return sum;
}
