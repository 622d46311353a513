/** Which cases are meant: the newest one, or all from one number to another. */
export type CaseSpan = { readonly kind: 'latest' } | { readonly kind: 'numbers'; readonly from: number; readonly to: number };

/** PostgreSQL: the largest number of a case. */
export const largestNumber = 2_147_483_647;
/** So many cases are changed at once. */
export const widestSpan = 50;

const newest: ReadonlySet<string> = new Set(['latest', 'last', 'newest']);

/** Reads `12`, `#12`, `3-9`, `#3..#9` and `latest`; null when it is none of them. */
export function readCaseSpan(typed: string): CaseSpan | null {
	const word = typed.trim().toLowerCase();
	if (newest.has(word)) return { kind: 'latest' };
	const [, first, last = first] = /^#?(\d{1,10})(?:(?:-|\.\.)#?(\d{1,10}))?$/.exec(word) ?? [];
	if (first === undefined || last === undefined) return null;
	const [from = 0, to = 0] = [Number(first), Number(last)].sort((a, b) => a - b);
	return from < 1 || to > largestNumber ? null : { kind: 'numbers', from, to };
}

/** Whether that is more than is changed at once. */
export function isTooWide(span: CaseSpan): boolean {
	return span.kind === 'numbers' && span.to - span.from >= widestSpan;
}

/** The numbers that begin with the digits that were typed so far, as ranges: `12` is 12, 120 to 129, 1200 to 1299 and so on. */
export function numbersBeginningWith(digits: string): readonly { readonly from: number; readonly to: number }[] {
	if (!/^[1-9]\d{0,9}$/.test(digits)) return [];
	const ranges: { from: number; to: number }[] = [];
	for (let from = Number(digits), width = 1; from <= largestNumber; from *= 10, width *= 10)
		ranges.push({ from, to: Math.min(from + width - 1, largestNumber) });
	return ranges;
}
