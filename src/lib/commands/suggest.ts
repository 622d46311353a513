import { distance } from 'fastest-levenshtein';

/** The `count` candidates nearest to what was typed, near enough to be meant; nearest first. */
export function closest(typed: string, candidates: Iterable<string>, count: number): readonly string[] {
	const wanted = typed.toLowerCase();
	const furthest = Math.max(1, Math.floor(wanted.length * 0.4));
	return [...candidates]
		.map((candidate) => ({
			candidate,
			away: distance(wanted, candidate.toLowerCase()) - (candidate.toLowerCase().startsWith(wanted) ? 2 : 0)
		}))
		.filter(({ away }) => away <= furthest)
		.sort((a, b) => a.away - b.away)
		.slice(0, count)
		.map(({ candidate }) => candidate);
}
