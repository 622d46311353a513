import { distance } from 'fastest-levenshtein';

/** The `count` candidates nearest to what was typed, near enough to be meant; nearest first. */
export function closest(typed: string, candidates: Iterable<string>, count: number): readonly string[] {
	const furthest = Math.max(1, Math.floor(typed.length * 0.4));
	return byNearness(typed, candidates)
		.filter(({ away }) => away <= furthest)
		.slice(0, count)
		.map(({ candidate }) => candidate);
}

/** The `count` candidates nearest to what was typed, however far they are. */
export function nearest(typed: string, candidates: Iterable<string>, count: number): readonly string[] {
	return byNearness(typed, candidates)
		.slice(0, count)
		.map(({ candidate }) => candidate);
}

function byNearness(typed: string, candidates: Iterable<string>): { candidate: string; away: number }[] {
	const wanted = typed.toLowerCase();
	const swapped = new Set(withSwappedNeighbours(wanted));
	const away = (name: string) => (swapped.has(name) ? 1 : distance(wanted, name) - (name.startsWith(wanted) ? 2 : 0));
	return [...candidates].map((candidate) => ({ candidate, away: away(candidate.toLowerCase()) })).sort((a, b) => a.away - b.away);
}

/** "pign" for "ping" is one slip of the fingers, which the distance counts as two. */
function withSwappedNeighbours(word: string): string[] {
	return Array.from(
		word,
		(_, at) =>
			word.slice(0, at) +
			word
				.slice(at, at + 2)
				.split('')
				.reverse()
				.join('') +
			word.slice(at + 2)
	);
}
