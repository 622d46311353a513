import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { catalogueTables } from '../../scripts/catalogueTables.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('the catalogue has 74 tables, each once', () => {
	expect(new Set(catalogueTables).size).toBe(74);
	expect(catalogueTables).toHaveLength(74);
});

test('docs/tables.md says what the schema says', () => {
	const options = ['--import', 'tsx', '--conditions=source', 'scripts/tables.ts', '--check'];
	const { status, stderr } = spawnSync(process.execPath, options, { cwd: root, encoding: 'utf8' });
	expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('every table says in the schema what it holds', async () => {
	const document = await readFile(`${root}/docs/tables.md`, 'utf8');
	const rows = document.split('\n').filter((line) => line.startsWith('| `'));
	expect(rows.length).toBeGreaterThan(10);
	expect(rows.filter((line) => line.endsWith('|  |'))).toEqual([]);
});
