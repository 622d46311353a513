import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { markup } from '#lib/core/markdown.js';
import { type Languages, loadLanguages, type Translate } from '#lib/i18n/languages.js';

const files = {
	tea: {
		hello: 'Hello {{name}}',
		cups_one: '{{count}} cup',
		cups_other: '{{count}} cups',
		big: '{{n, number}} leaves',
		prefix: 'Type {{prefix, code}}help',
		person: '<@{{userId}}> drinks',
		twice: '{{a}} {{b}}',
		refusals: { cold: 'It is cold.' },
		commands: {
			brew: { description: 'Makes tea', examples: ['brew green'], options: { kind: 'Which tea' } },
			'brew.stop': { description: 'Stops', details: 'At once.' },
			silent: { examples: [] }
		}
	}
};

function make(options: Parameters<typeof loadLanguages>[0] = {}): Languages {
	const directory = mkdtempSync(join(tmpdir(), 'languages-'));
	mkdirSync(join(directory, 'en-US'));
	for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, 'en-US', `${name}.json`), JSON.stringify(content));
	return loadLanguages({ directory, ...options });
}

/** The generated key type knows the shipped files only. */
type AnyKey = (key: string, values?: Parameters<Translate>[1]) => string;
const english = (languages = make()) => languages.translator('en-US') as AnyKey;

test('a sentence takes its values', () => {
	expect(english()('tea:hello', { name: 'Ana' })).toBe('Hello Ana');
});

test('what a person wrote is escaped', () => {
	expect(english()('tea:hello', { name: '**bold** <@1> [x](y)' })).toBe('Hello \\*\\*bold\\*\\* \\<@1> \\[x\\](y)');
});

test('markup of our own goes in as it is', () => {
	expect(english()('tea:hello', { name: markup('<@1>') })).toBe('Hello <@1>');
});

test('an id makes a mention inside the sentence', () => {
	expect(english()('tea:person', { userId: '123456789012345678' })).toBe('<@123456789012345678> drinks');
});

test.each([
	['a placeholder', '{{b}}'],
	['an unescaped placeholder', '{{- b}}'],
	['a nested key', '$t(tea:refusals.cold)'],
	['a replacement pattern', '$& $1 $`']
])('%s in a value stays text', (_, value) => {
	expect(english()('tea:twice', { a: value, b: 'B' })).toBe(`${value.replace('`', '\\`')} B`);
});

test('values named like options of the library are only values', () => {
	const directory = mkdtempSync(join(tmpdir(), 'languages-'));
	mkdirSync(join(directory, 'en-US'));
	writeFileSync(join(directory, 'en-US', 'x.json'), JSON.stringify({ y: '{{lng}} {{context}} {{ns}} {{defaultValue}}' }));
	const t = loadLanguages({ directory }).translator('en-US') as AnyKey;
	expect(t('x:y', { lng: 'de', context: 'male', ns: 'z', defaultValue: 'd' })).toBe('de male z d');
});

test('a count chooses the plural', () => {
	expect([0, 1, 2].map((count) => english()('tea:cups', { count }))).toEqual(['0 cups', '1 cup', '2 cups']);
});

test('numbers are grouped when the sentence asks for it', () => {
	expect(english()('tea:big', { n: 1234567 })).toBe('1,234,567 leaves');
});

test('code cannot be ended by its value', () => {
	const text = english()('tea:prefix', { prefix: '``` **x**' });
	expect(text.startsWith('Type ``\u200b')).toBe(true);
	expect(text).not.toContain('```');
});

test('a missing sentence or value is an error by default', () => {
	expect(() => english()('tea:nothing')).toThrow('There is no sentence "tea:nothing".');
	expect(() => english()('tea:hello')).toThrow('wants a value "name"');
	expect(() => english()('tea:refusals')).toThrow();
});

test('production is told about a missing sentence and goes on with the key', () => {
	const problems: string[] = [];
	const t = english(make({ onProblem: (problem) => void problems.push(problem) }));
	expect([t('tea:nothing'), t('tea:hello')]).toEqual(['tea:nothing', 'Hello ']);
	expect(problems).toHaveLength(2);
});

test('English stands in for a locale and for a sentence that we do not have', () => {
	const languages = make({ extra: { 'en-XA': { tea: { hello: 'Ħéļļö {{name}}' } } } });
	expect(english(languages)).toBeTypeOf('function');
	expect((languages.translator('en-XA') as AnyKey)('tea:hello', { name: 'Ana' })).toBe('Ħéļļö Ana');
	expect((languages.translator('en-XA') as AnyKey)('tea:refusals.cold')).toBe('It is cold.');
	expect((languages.translator('xx') as AnyKey)('tea:refusals.cold')).toBe('It is cold.');
});

test('the text of a command is found by its id, dots in it too', () => {
	const languages = make();
	expect(languages.command('tea.brew')).toEqual({ description: 'Makes tea', examples: ['brew green'], options: { kind: 'Which tea' } });
	expect(languages.command('tea.brew.stop')).toEqual({ description: 'Stops', details: 'At once.', examples: [], options: {} });
	expect(() => languages.command('tea.silent')).toThrow('has no description');
	expect(() => languages.command('tea.other')).toThrow('says nothing');
	expect(() => languages.command('coffee.brew')).toThrow('no language file');
});

test('keys made at run time can be asked for', () => {
	const languages = make();
	expect(['tea:refusals.cold', 'tea:cups', 'tea:refusals.hot'].map((key) => languages.has(key))).toEqual([true, true, false]);
});

test('a broken file is named', () => {
	const directory = mkdtempSync(join(tmpdir(), 'languages-'));
	mkdirSync(join(directory, 'en-US'));
	writeFileSync(join(directory, 'en-US', 'bad.json'), '{');
	expect(() => loadLanguages({ directory })).toThrow('bad.json');
});
