import { type Refusal, refusal } from '#lib/errors/refusal.js';
import type { Invocation } from './invocation.js';
import type { LeafGroup } from './leaf.js';
import { closest } from './suggest.js';

/** What to say when a group was called without one of its commands. */
export function noMatch({ prefix, rest }: Pick<Invocation, 'prefix' | 'rest'>, group: LeafGroup): Refusal {
	const names = subcommandNames(group);
	const list = names.map((name) => `${prefix}${group.path} ${name}`).join('\n');
	const [given] = rest.split(/\s+/);
	if (!given) return refusal('commands', 'needs-subcommand', { list });
	const [guess] = closest(given, names, 1);
	if (guess === undefined) return refusal('commands', 'unknown-subcommand', { given, list });
	return refusal('commands', 'unknown-subcommand-guess', { given, guess: `${prefix}${group.path} ${guess}`, list });
}

/** The words that may follow a group's path, each once. */
function subcommandNames(group: LeafGroup): readonly string[] {
	const start = `${group.path} `;
	const names = group.leaves.map((leaf) => leaf.path).filter((path) => path.startsWith(start));
	return [...new Set(names.map((path) => path.slice(start.length).split(' ')[0] ?? ''))];
}
