/** `npm run docs:tables`: writes docs/tables.md from prisma/schema and the catalogue's list. `--check` only compares. */

import { basename } from 'node:path';
import { readSchema } from '#lib/data/migrations/files.js';
import { catalogueTables } from './catalogueTables.js';
import { writeDocument } from './writeDocument.js';

interface Table {
	readonly name: string;
	readonly model: string;
	readonly file: string;
	readonly purpose: string;
	readonly columns: number;
}

/** The models of one file of the schema; the comment before a model is its purpose. */
function tablesOf(file: string, content: string): Table[] {
	return [...content.matchAll(/((?:^\/\/\/.*\n)*)^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, comment = '', model = '', body = '']) => ({
		name: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
		model,
		file,
		purpose: comment
			.replace(/^\/\/\/ ?/gm, '')
			.trim()
			.replaceAll('\n', ' '),
		columns: columnsOf(body)
	}));
}

/** Lines with a small first letter, without those that stand for another model. */
function columnsOf(body: string): number {
	const fields = body.split('\n').filter((line) => /^\s+[a-z]\w* +\w/.test(line));
	return fields.filter((line) => !line.includes('@relation') && !models.has(/^\s+\w+ +(\w+)/.exec(line)?.[1] ?? '')).length;
}

const { files } = await readSchema();
const models = new Set(files.flatMap(({ content }) => [...content.matchAll(/^model (\w+)/gm)].map(([, model = '']) => model)));
const tables = files.flatMap(({ path, content }) => tablesOf(basename(path), content));
const planned = new Set(catalogueTables);
const own = tables.filter(({ name }) => !planned.has(name));
const there = new Map(tables.map((table) => [table.name, table]));
const covered = catalogueTables.filter((name) => there.has(name));

const row = ({ name, model, file, columns, purpose }: Table) => `| \`${name}\` | \`${model}\` | ${file} | ${columns} | ${purpose} |`;
const head = '| Table | Model | prisma/schema | Columns | What it holds |\n|---|---|---|---|---|';

await writeDocument(
	'docs/tables.md',
	`# Tables

Made by \`npm run docs:tables\` from \`prisma/schema\`. The catalogue has ${catalogueTables.length} tables; **${covered.length} of ${catalogueTables.length}** exist. With
${own.length} that the catalogue does not name, the database has ${tables.length}.

## Of the catalogue

${head}
${covered
	.flatMap((name) => there.get(name) ?? [])
	.map(row)
	.join('\n')}

## Besides it

What the catalogue keeps as a column of another module's table, and what the house itself needs.

${head}
${own.map(row).join('\n')}

## To come (${catalogueTables.length - covered.length})

${catalogueTables
	.filter((name) => !there.has(name))
	.map((name) => `\`${name}\``)
	.join(', ')}
`
);
