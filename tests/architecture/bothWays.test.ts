import { describe, expect, test } from 'vitest';
import { loadDefinitions, pathOf } from '../../scripts/commandList.js';
import { covered as filters } from '../support/cleanupScenes.js';
import { covered as crowds } from '../support/roleCrowds.js';
import { filesBelow, textOf } from './source.js';

const { leaves } = await loadDefinitions();
const stories = (await filesBelow('tests/e2e', '**/*.ts')).map(textOf);
/** Ids that stories build out of a table, typed and picked. */
const built = new Set([...filters, ...crowds]);

/** The commands that a text types: after a prefix, up to the longest path, since `;role add …` is not `;role …`. */
function typedIn(text: string): readonly string[] {
	return [...text.matchAll(/['"`][;!?$]+([a-z]+(?: [a-z]+){0,2})/g)].flatMap(([, line = '']) => {
		const words = line.split(' ');
		const paths = [3, 2, 1].map((count) => words.slice(0, count).join(' '));
		return leaves.find((leaf) => leaf.paths.includes(paths.find((path) => known.has(path)) ?? ''))?.id ?? [];
	});
}

/** The slash paths that a text picks: what is in quotes where `slash` or `slashes` is called. */
function pickedIn(text: string): readonly string[] {
	const calls = [...text.matchAll(/\bslash(?:es)?\(([^;{]*)/g)];
	return calls.flatMap(([, call = '']) => [...call.matchAll(/['"`]([a-z ]+)['"`]/g)].map(([, words = '']) => words));
}

const known = new Set(leaves.flatMap(({ paths }) => paths));
const typed = new Set(stories.flatMap(typedIn));
const picked = new Set(stories.flatMap(pickedIn));

describe('every command has a story', () => {
	test('in which somebody types it', () => {
		expect(leaves.map(({ id }) => id).filter((id) => !typed.has(id) && !built.has(id))).toEqual([]);
	});

	test('in which somebody picks it, if it has a slash form', () => {
		const without = leaves.filter(({ id, slash }) => slash.length > 0 && !built.has(id) && !slash.some((path) => picked.has(pathOf(path))));
		expect(without.map(({ id, slash }) => `${id}: ${slash.map(pathOf).join(', ')}`)).toEqual([]);
	});

	test('also those that are built out of tables are commands', () => {
		const ids = new Set(leaves.map(({ id }) => id));
		expect([...built].filter((id) => !ids.has(id))).toEqual([]);
	});

	test('the search tells a command from the group that it is in, and what is typed from what is picked', () => {
		expect(typedIn("send(general, ';role add bea Helper'); send(general, `;role <@1> Helper`)")).toEqual(['roles.role-add', 'roles.role']);
		expect(typedIn("send(general, ';purge'); 'purge 5'; ';no such thing'")).toEqual(['cleanup.purge']);
		expect(pickedIn("owner.slash(general, 'purge self', { amount: 5 }); autocomplete(general, 'purge bots')")).toEqual(['purge self']);
	});
});
