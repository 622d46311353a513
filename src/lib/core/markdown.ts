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

/** Makes what a person wrote harmless: no formatting, link, mention, emoji, quote or list comes out of it. */
export function escapeMarkdown(text: string): string {
	return text.replace(special, (found: string, indent: string | undefined, lineStart: string | undefined) => {
		if (lineStart !== undefined) return /^\d/.test(lineStart) ? `${indent}${lineStart}\\` : `${indent}\\${lineStart}`;
		if (found === '@') return '@\u200b';
		return found.startsWith('http') ? found : `\\${found}`;
	});
}

/** `text` between back-ticks; back-ticks inside it cannot end it. */
export function inlineCode(text: string): string {
	if (text === '') return '` `';
	if (!text.includes('`')) return `\`${text}\``;
	// Discord: text between two back-ticks may hold single ones; a zero-width space keeps them from joining.
	return `\`\`\u200b${text.replaceAll('`', '`\u200b')}\`\``;
}

/** A block of code; nothing inside can end it. */
export function codeBlock(text: string, language = ''): string {
	return `\`\`\`${language}\n${text.replaceAll('```', '`\u200b`\u200b`')}\n\`\`\``;
}
