import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceFiles, textOf } from './source.js';

const schema = 'prisma/schema';

/** Fields with channels that stay as they are when a channel is deleted or made anew, and why. */
const explained = new Map([
	['last_seen.channelId', 'where somebody wrote last: what was, not what is set'],
	['error_report.channelId', 'where something went wrong: for those who look for the reason, for 30 days']
]);

/** Fields that hold channels, categories and threads among them, of one schema file. */
function fieldsOf(text: string): readonly string[] {
	return [...text.matchAll(/^model (\w+) \{$([\s\S]*?)^\}$/gm)].flatMap(([, name = '', body = '']) => {
		const lines = body.split('\n').map((line) => line.trim());
		const table = lines.map((line) => /^@@map\("(\w+)"\)/.exec(line)?.[1]).find((found) => found !== undefined) ?? name;
		return lines
			.flatMap((line) => /^(\w+)\s+(?:BigInt|String)\b/.exec(line)?.[1] ?? [])
			.filter((field) => /(?:channel|category|thread)Ids?$/i.test(field))
			.map((field) => `${table}.${field}`);
	});
}

/** What is registered: `table: 'x', rows: …, fields: [{ field: 'y' }]`. */
function registeredIn(text: string): readonly string[] {
	return [...text.matchAll(/table: '(\w+)',\s*rows: [^\n]+\n(?:\s*\/\/[^\n]*\n)*\s*fields: \[([\s\S]*?)\](?:,?\n)/g)].flatMap(
		([, table, fields = '']) => [...fields.matchAll(/\bfield: '(\w+)'/g)].map(([, field]) => `${table}.${field}`)
	);
}

const fields = readdirSync(schema)
	.filter((file) => file.endsWith('.prisma'))
	.flatMap((file) => fieldsOf(readFileSync(join(schema, file), 'utf8')));
const registered = new Set(sourceFiles.flatMap((file) => registeredIn(textOf(file))));

test('a field with a channel is recognised, and so is its registration', () => {
	const text = 'model Log {\n  guildId BigInt @id @map("guild_id")\n  logChannelId BigInt? @map("log_channel_id")\n  @@map("log")\n}\n';
	expect(fieldsOf(text)).toEqual(['log.logChannelId']);
	const source =
		"register({\n\ttable: 'log',\n\trows: (tx) => tx.log,\n\tfields: [{ field: 'logChannelId', clears: ['messageId'] }, { field: 'categoryId' }],\n})";
	expect(registeredIn(source)).toEqual(['log.logChannelId', 'log.categoryId']);
	expect(fields.length).toBeGreaterThan(10);
});

describe('every field with a channel is registered, so that it follows a channel that is made anew, or says why not', () => {
	test.each(fields)('%s', (name) => {
		expect([registered.has(name), explained.has(name)].filter(Boolean)).toHaveLength(1);
	});
});

test('nothing is registered or explained that the schema does not have', () => {
	expect([...registered, ...explained.keys()].filter((name) => !fields.includes(name))).toEqual([]);
});
