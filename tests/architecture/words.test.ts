import { describe, expect, test } from 'vitest';
import { filesBelow, layerOf, sourceFiles, textOf } from './source.js';

const scriptFiles = [...(await filesBelow('scripts', '**/*.{ts,mjs}')), ...(await filesBelow('prisma', '*.ts'))];

const withoutComments = (file: string) =>
	textOf(file)
		.replaceAll(/\/\*[\s\S]*?\*\//g, '')
		.replaceAll(/^\s*\/\/.*$/gm, '')
		.replaceAll(/\s\/\/ .*$/gm, '');

const looks = (file: string) => file === 'src/lib/discord/theme.ts' || /(^|\/)(view|views)(\.ts|\/)/.test(file) || file.endsWith('View.ts');

describe('the look', () => {
	test('colours are named in the theme alone', () => {
		const hex = /0x[0-9a-f]{6}\b|['"`]#[0-9a-f]{6}['"`]/i;
		expect(sourceFiles.filter((file) => !looks(file) && hex.test(withoutComments(file)))).toEqual([]);
	});

	test('embeds are built in views', () => {
		const builds = /new EmbedBuilder\(|\bcolor:\s/;
		expect(sourceFiles.filter((file) => !looks(file) && builds.test(withoutComments(file)))).toEqual([]);
	});

	test('pictures stand in the theme and in views', () => {
		const emoji = /\p{Extended_Pictographic}/u;
		const allowed = ['src/lib/core/', 'src/lib/observability/'];
		expect(
			sourceFiles.filter((file) => !looks(file) && !allowed.some((start) => file.startsWith(start)) && emoji.test(withoutComments(file)))
		).toEqual([]);
	});
});

test('pieces, views and services hold no sentence: those lie in the language files', () => {
	// Two words or more that begin with a capital letter, or end like a sentence; errors thrown for developers are no answers.
	const sentence = /(?<!Error\()(?<!none: )['"`](?:[A-Z][a-z']+ (?:[a-z']+ ){2,}[^'"`]*|[^'"`\n]*[a-z]{2,} [a-z]{2,}[^'"`\n]*[.!?])['"`]/;
	const speaking = sourceFiles.filter(
		// Files directly in src speak to whoever starts the bot, before there is a language.
		(file) => !layerOf(file).endsWith('.ts') && !['generated', 'templates', 'lib'].includes(layerOf(file))
	);
	const wrong = speaking.flatMap((file) =>
		withoutComments(file)
			.split('\n')
			.filter(
				(line) => sentence.test(line) && !/\b(logger|log)\.|new \w*(Error|Failure)\(|none: |Prisma\.sql|\$(query|execute)Raw/.test(line)
			)
			.map((line) => `${file}: ${line.trim()}`)
	);
	expect(wrong).toEqual([]);
});

describe('what must not be there', () => {
	test.each([
		['SQL put together as text', /\$(query|execute)RawUnsafe|\$(query|execute)Raw\(\s*[`'"]|Prisma\.sql\(/],
		['SQL with a piece that is not a word of ours', /Prisma\.raw\((?!'[^']*'\))/],
		['a thrown text', /throw ['"`]/],
		['an empty catch', /catch\s*(\([^)]*\))?\s*\{\s*\}/],
		['`any`', /\bas any\b|: any\b/]
	])('%s', (_, pattern) => {
		expect(sourceFiles.filter((file) => pattern.test(withoutComments(file)))).toEqual([]);
	});
});

test('statements of bare sessions hold no values: those go as parameters', () => {
	// CREATE DATABASE takes no parameters; the name is a constant of ours.
	const allowed = 'src/lib/data/embedded/embeddedServer.ts: .query(`CREATE DATABASE ';
	const statement = /\.query(?:<[^>]*>)?\(\s*(?:`[^`]*\$\{[^`]*`|['"`][^'"`]*['"`]\s*\+|[^)]*\.(?:concat|join|replace)\()/g;
	const found = [...sourceFiles, ...scriptFiles].flatMap((file) =>
		[...withoutComments(file).matchAll(statement)].map(([text]) => `${file}: ${text}`)
	);
	expect(found.filter((text) => !text.startsWith(allowed))).toEqual([]);
});

test.each([
	['a check that was switched off', /@ts-(ignore|expect-error|nocheck)|biome-ignore/],
	['a note to do it later', /\b(TODO|FIXME|XXX)\b/]
])('nowhere %s, not even in a comment', (_, pattern) => {
	expect(sourceFiles.filter((file) => pattern.test(textOf(file)))).toEqual([]);
});

describe('sizes', () => {
	const lengths = sourceFiles.map((file) => textOf(file).split('\n').length).sort((a, b) => a - b);
	const at = (share: number) => lengths[Math.floor(lengths.length * share)] ?? 0;

	test('half of the files have fewer than 70 lines, 19 of 20 fewer than 250, none more than 400', () => {
		expect(at(0.5)).toBeLessThan(70);
		expect(at(0.95)).toBeLessThan(250);
		expect(at(0.9999)).toBeLessThanOrEqual(400);
	});
});
