import { describe, expect, test } from 'vitest';
import { uwuify } from '#modules/restrictions/domain/uwuify.js';
import { tokensOf } from '#modules/restrictions/domain/uwuTokens.js';

const one = (text: string) => uwuify(text).join('|');

describe('baby talk', () => {
	test('changes the sounds of words and ends with a face', () => {
		expect(one('I really love no raccoons')).toMatch(/^I (w-)?weawwy wuv nyo (w-)?waccoons \S+/);
		expect(one('HELLO')).toMatch(/^(H-)?HEWWO \S+/);
	});

	test('the same text always sounds the same', () => {
		const text = 'Where are the other people? Nobody really knows where they are.';
		expect(uwuify(text)).toEqual(uwuify(text));
	});

	test.each([
		['a mention', '<@123456789012345678>'],
		['an old mention', '<@!123456789012345678>'],
		['a role', '<@&123456789012345678>'],
		['a channel', '<#123456789012345678>'],
		['an emoji of a server', '<:rollerlol:123456789012345678>'],
		['a moving emoji', '<a:rollerlol:123456789012345678>'],
		['the name of an emoji', ':roller_coaster:'],
		['a time', '<t:1700000000:R>'],
		['a command', '</role all:123456789012345678>'],
		['a link', 'https://example.com/really/long?role=lol'],
		['a link without a preview', '<https://example.com/really>'],
		['a link with words', '[hi](https://example.com/really)'],
		['code', '`const role = roller;`'],
		['code with a back-tick', '``role ` roller``'],
		['a block of code', '```ts\nconst role = roller;\n```'],
		['what a backslash protects', '\\*']
	])('%s stays as it is', (_, fixed) => {
		expect(one(`hi ${fixed} hi`)).toContain(` ${fixed} `);
	});

	test('a face never stands on the last line of a block of code', () => {
		expect(one('look\n```\nrole\n```')).toMatch(/```\nrole\n```\n\S+$/);
	});

	test('a message is never longer than Discord takes, and nothing of it is lost', () => {
		for (const text of ['n'.repeat(2_000), 'no na ne '.repeat(220), `${'really '.repeat(285)}`, 'x'.repeat(4_000), 'na '.repeat(1_300)]) {
			const parts = uwuify(text);
			expect(parts.every((part) => part.length > 0 && part.length <= 2_000)).toBe(true);
			const letters = (said: string) => said.replaceAll(/[^a-z]/g, '').length;
			expect(letters(parts.join(''))).toBeGreaterThanOrEqual(letters(text));
		}
	});

	test('a long message is cut between words, and a link in it stays whole', () => {
		const link = `https://example.com/${'a'.repeat(200)}`;
		const parts = uwuify(`${'word '.repeat(390)}${link} end`);
		expect(parts.length).toBe(2);
		expect(parts.filter((part) => part.includes(link))).toHaveLength(1);
	});

	test('an emoji of two units is not torn', () => {
		const parts = uwuify(`a${'😀'.repeat(1_500)}`);
		expect(parts.every((part) => part.isWellFormed())).toBe(true);
	});

	test('letters of other alphabets stay', () => {
		expect(one('привет мир')).toMatch(/^(п-)?привет (м-)?мир \S+/);
	});
});

test('taken apart and put together a message is the same', () => {
	for (const text of ['', 'a `b` c', '```', '<@1> <#2>x', '`` ` ``', 'https://a.b <https://c.d>', ':a::b:', '\\\\`x`', '<not a mention>']) {
		expect(
			tokensOf(text)
				.map((token) => token.text)
				.join('')
		).toBe(text);
	}
});

test('a hostile text takes no more than a moment', () => {
	const start = performance.now();
	for (const text of [
		'`'.repeat(4_000),
		'``'.repeat(2_000),
		'<a:'.repeat(1_300),
		':a'.repeat(2_000),
		'\\'.repeat(4_000),
		'https://'.repeat(500)
	])
		uwuify(text);
	expect(performance.now() - start).toBeLessThan(2_000);
});
