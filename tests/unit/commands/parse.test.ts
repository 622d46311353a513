import { describe, expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import { isBareMention, parse } from '#lib/commands/parse.js';
import { aLeaf } from './support.js';

const BOT = '123456789012345678';
const index = new CommandIndex([aLeaf({ id: 'a.ping', name: 'ping' }), aLeaf({ id: 'a.bang', name: '!ping' })], []);

describe('a message that calls a command', () => {
	test.each([
		[';ping', ';'],
		['; ping', ';'],
		[';\n ping', ';'],
		[`<@${BOT}> ping`, `<@${BOT}>`],
		[`<@!${BOT}>ping`, `<@!${BOT}>`],
		['EV ping', 'EV']
	])('%s', (content, prefix) => {
		expect(parse(content, [';', 'ev'], BOT, index)).toMatchObject({ prefix, leaf: { id: 'a.ping' } });
	});

	test('the longest prefix counts', () => {
		expect(parse('!!ping', ['!', '!!'], BOT, index)).toMatchObject({ prefix: '!!', leaf: { id: 'a.ping' } });
		expect(parse('!!ping', ['!'], BOT, index)).toMatchObject({ prefix: '!', leaf: { id: 'a.bang' } });
	});
});

test.each([['ping'], ['hello ;ping'], [';'], [';;ping'], [';pong'], ['<@1> ping'], ['']])('%j calls nothing', (content) => {
	expect(parse(content, [';'], BOT, index)).toBeNull();
});

test('a bare mention is one without anything beside it', () => {
	expect(isBareMention(` <@${BOT}> `, BOT)).toBe(true);
	expect(isBareMention(`<@!${BOT}>`, BOT)).toBe(true);
	expect(isBareMention(`<@${BOT}> hi`, BOT)).toBe(false);
	expect(isBareMention('<@111111111111111111>', BOT)).toBe(false);
});
