import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const schema = 'prisma/schema';
/** Ids of things, also with a word before: `log_channel_id`. Every other column that ends in `_id` is taken for a person's. */
const things = new Set([
	'guild_id',
	'channel_id',
	'message_id',
	'role_id',
	'thread_id',
	'emoji_id',
	'webhook_id',
	'category_id',
	'post_id',
	'rule_id',
	'entry_id',
	'job_id'
]);

const isThing = (column: string) => [...things].some((thing) => column === thing || column.endsWith(`_${thing}`));

interface Model {
	readonly name: string;
	readonly table: string;
	readonly persons: readonly string[];
}

/** The models of one schema file, with the columns that hold a person's id. */
function modelsOf(text: string): readonly Model[] {
	return [...text.matchAll(/^model (\w+) \{$([\s\S]*?)^\}$/gm)].map(([, name = '', body = '']) => {
		const lines = body.split('\n').map((line) => line.trim());
		const table = lines.map((line) => /^@@map\("(\w+)"\)/.exec(line)?.[1]).find((found) => found !== undefined) ?? name;
		const columns = lines
			.map((line) => /^(\w+)\s+(?:BigInt|String)\b.*/.exec(line))
			.filter((found) => found !== null)
			.map(([line, field = '']) => /@map\("(\w+)"\)/.exec(line)?.[1] ?? field);
		return { name, table, persons: columns.filter((column) => /_ids?$|Ids?$/.test(column) && !isThing(column.replace(/s$/, ''))) };
	});
}

const sources = readdirSync('src', { recursive: true, withFileTypes: true })
	.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('generated'))
	.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

/** Tables named in a registration: `table: 'x'` followed by its `describe`. */
const registered = new Set(sources.flatMap((text) => [...text.matchAll(/table: '(\w+)',\s*describe:/g)].map(([, table]) => table)));

const models = readdirSync(schema)
	.filter((file) => file.endsWith('.prisma'))
	.flatMap((file) => modelsOf(readFileSync(join(schema, file), 'utf8')));

test('a column with the id of a person is recognised, one with the id of a thing is not', () => {
	const text =
		'model Case {\n  id BigInt @id\n  guildId BigInt @map("guild_id")\n  moderatorId BigInt? @map("moderator_id")\n  @@map("case")\n}\n';
	expect(modelsOf(text)).toEqual([{ name: 'Case', table: 'case', persons: ['moderator_id'] }]);
});

test('the schema is read', () => {
	expect(models.find(({ name }) => name === 'UserSettings')).toEqual({
		name: 'UserSettings',
		table: 'user_settings',
		persons: ['user_id']
	});
	expect(registered).toContain('user_settings');
});

describe('every table with the id of a person says how it is exported and erased', () => {
	test.each(models.filter(({ persons }) => persons.length > 0))('$table ($persons)', ({ table }) => {
		expect([...registered]).toContain(table);
	});
});
