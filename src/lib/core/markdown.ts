/** Text that may be inserted as it is: made by our own code, never by a person. */
export class Markup {
	public constructor(public readonly text: string) {}
}

/** Marks `text` as made by us, so that it is inserted without escaping. Never give it what a person wrote. */
export function markup(text: string): Markup {
	return new Markup(text);
}

// An address keeps its underscores: Discord links it as a whole, and a backslash inside would break it.
const special = /(?<!\w)https?:\/\/[\w\-.:/?#@!$&'()+,;=%]+|[\\`*_~|[\]<]|@(?=everyone|here)|^(\s*)(-#|[#>+-]|\d+(?=\.))/gm;

// Left open, these turn round our own words that follow. Arabic and Hebrew need none of them.
const direction = /[\u202a-\u202e\u2066-\u2069]/g;

/** Makes what a person wrote harmless: no formatting, link, mention, emoji, quote, list or turned-round writing comes out of it. */
export function escapeMarkdown(text: string): string {
	return text.replaceAll(direction, '').replace(special, (found: string, indent: string | undefined, lineStart: string | undefined) => {
		if (lineStart !== undefined) return /^\d/.test(lineStart) ? `${indent}${lineStart}\\` : `${indent}\\${lineStart}`;
		if (found === '@') return '@\u200b';
		return found.startsWith('http') ? found : `\\${found}`;
	});
}

/** `text` between back-ticks; back-ticks inside it cannot end it. */
export function inlineCode(text: string): string {
	const plain = text.replaceAll(direction, '');
	if (plain === '') return '` `';
	if (!plain.includes('`')) return `\`${plain}\``;
	// Discord: text between two back-ticks may hold single ones; a zero-width space keeps them from joining.
	return `\`\`\u200b${plain.replaceAll('`', '`\u200b')}\`\``;
}

/** A block of code; nothing inside can end it. */
export function codeBlock(text: string, language = ''): string {
	return `\`\`\`${language}\n${text.replaceAll('```', '`\u200b`\u200b`')}\n\`\`\``;
}
