/** At most this many people in one go: Discord bans about 200 a second. */
export const mostIds = 10_000;

const id = /^(?:<@!?)?(\d{17,20})>?$/;

/** The ids (or mentions) at the beginning of a text, each once, and what stands behind them: the reason. */
export function readIds(text: string): { readonly ids: readonly string[]; readonly rest: string | null } {
	const ids = new Set<string>();
	let left = text.trimStart();
	for (;;) {
		const [word = ''] = /^[^\s,;]*/.exec(left) ?? [];
		const [, found] = id.exec(word) ?? [];
		if (found === undefined) break;
		ids.add(found);
		left = left.slice(word.length).replace(/^[\s,;]+/, '');
	}
	return { ids: [...ids], rest: left.trim() || null };
}

/** All ids in a file, wherever they stand, each once. */
export function idsIn(file: string): readonly string[] {
	return [...new Set(file.match(/(?<![\d.])\d{17,20}(?![\d.])/g))];
}
