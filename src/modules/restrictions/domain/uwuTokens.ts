/** A piece of a message: words of the writer, or something that only works as it is. */
export interface Token {
	readonly text: string;
	readonly isFixed: boolean;
}

// In this order: blocks of code, code, mentions, emoji, timestamps and links in angle brackets, addresses, names of emoji, what a
// backslash protects.
const fixed =
	/```[\s\S]*?```|``[^`][\s\S]*?``|`[^`\n]+`|<(?:@[!&]?\d+|#\d+|a?:\w+:\d+|t:-?\d+(?::\w)?|\/[^<>:]+:\d+|id:\w+)>|<?https?:\/\/[^\s<>]+>?|:\w+:|\\[^\w\s]/gu;

/** Takes a message apart, so that what must stay as it is stays: put together again it is the same text. */
export function tokensOf(text: string): readonly Token[] {
	const tokens: Token[] = [];
	let end = 0;
	for (const { 0: found, index } of text.matchAll(fixed)) {
		if (index > end) tokens.push({ text: text.slice(end, index), isFixed: false });
		tokens.push({ text: found, isFixed: true });
		end = index + found.length;
	}
	if (end < text.length) tokens.push({ text: text.slice(end), isFixed: false });
	return tokens;
}
