import { expect, test } from 'vitest';
import { slashRoots } from '#lib/commands/slash/slashJson.js';
import { loadDefinitions } from '../../scripts/commandList.js';
import { allotment } from '../../scripts/slashRoots.js';

const kept = allotment.flatMap((module) => module.roots);

test('all 41 modules have their roots, and together they stay below the 100 of Discord', () => {
	expect(allotment).toHaveLength(41);
	expect(kept.length).toBeLessThanOrEqual(100);
	expect(kept.filter((root, index) => kept.indexOf(root) !== index)).toEqual([]);
});

test('every slash root that exists was allotted', async () => {
	const { leaves } = await loadDefinitions();
	const roots = slashRoots(leaves).map((root) => root.name);
	expect(roots.length).toBeGreaterThan(5);
	expect(roots.filter((root) => !kept.includes(root))).toEqual([]);
});
