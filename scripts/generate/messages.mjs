import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './step.mjs';

const languages = 'src/languages/en-US';
const output = 'src/generated/messages.ts';
const plural = /_(?:zero|one|two|few|many|other)$/;

/** The union of all sentence keys, `module:path.to.key`. @type {import('./step.mjs').Step} */
export const messages = {
	name: 'messages',
	inputs: [languages, 'scripts/generate/messages.mjs'],
	output,
	async run() {
		await writeFile(join(root, output), typeOf(await readKeys(join(root, languages))));
	}
};

/** Every key of the files in `directory`, sorted. */
export async function readKeys(directory) {
	const keys = new Set();
	for (const file of await readdir(directory)) {
		if (!file.endsWith('.json')) continue;
		const sentences = JSON.parse(await readFile(join(directory, file), 'utf8'));
		for (const key of keysOf(sentences)) keys.add(`${file.slice(0, -'.json'.length)}:${key}`);
	}
	return [...keys].sort();
}

/** Leaves that are sentences; lists (examples) are not. `tea_one` and `tea_other` are the one key `tea`. */
function keysOf(value, path = '') {
	return Object.entries(value).flatMap(([name, child]) => {
		const key = path === '' ? name : `${path}.${name}`;
		if (typeof child === 'string') return [key.replace(plural, '')];
		return Array.isArray(child) ? [] : keysOf(child, key);
	});
}

function typeOf(keys) {
	const members = keys.length === 0 ? ['never'] : keys.map((key) => `'${key}'`);
	return `// Made from ${languages} by \`npm run generate\`.\nexport type MessageKey =\n\t| ${members.join('\n\t| ')};\n`;
}
