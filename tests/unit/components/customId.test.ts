import { describe, expect, test } from 'vitest';
import { customIds, defineCustomId, field, readFields } from '#lib/components/customId.js';
import { originalStaticIds, roleButtonCodec } from '#lib/components/originalIds.js';

const snowflake = '1234567890123456789';
const close = defineCustomId('test.close', 1, { ticketId: field.int, userId: field.snowflake, step: field.oneOf('ask', 'confirm') });
const values = { ticketId: 42, userId: snowflake, step: 'ask' } as const;

test('an id carries its values there and back', () => {
	const customId = close.encode(values);
	expect(customId).toBe('test.close:16:9do1sj396nf9:ask');
	expect(close.decode(customId)).toEqual({ ok: true, values });
});

test.each([0, -1, 1, 35, 36, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])('the number %d survives', (ticketId) => {
	expect(close.decode(close.encode({ ...values, ticketId }))).toEqual({ ok: true, values: { ...values, ticketId } });
});

test.each(['0', '1', snowflake, '18446744073709551615'])('the snowflake %s survives', (userId) => {
	expect(close.decode(close.encode({ ...values, userId }))).toEqual({ ok: true, values: { ...values, userId } });
});

test.each([
	['another name', 'test.open:16:1:ask', 'foreign'],
	['a longer name', 'test.closed:16:1:ask', 'foreign'],
	['nothing', '', 'foreign'],
	['too few parts', 'test.close:16:1', 'malformed'],
	['no part', 'test.close', 'malformed'],
	['too many parts', 'test.close:16:1:ask:more', 'malformed'],
	['a choice that there is not', 'test.close:16:1:now', 'malformed'],
	['a number with leading zeros', 'test.close:0016:1:ask', 'malformed'],
	['upper case', 'test.close:1A:1:ask', 'malformed'],
	['a number that is too large', 'test.close:zzzzzzzzzzz:1:ask', 'malformed'],
	['an id beyond 64 bits', 'test.close:16:zzzzzzzzzzzzz:ask', 'malformed'],
	['a fraction', 'test.close:1.5:1:ask', 'malformed'],
	['white space', 'test.close: 16:1:ask', 'malformed'],
	['a version that is still to come', 'test.close~2:16:1:ask', 'malformed'],
	['a version that is none', 'test.close~x:16:1:ask', 'malformed'],
	['version one spelled out', 'test.close~1:16:1:ask', 'malformed']
])('%s is not accepted', (_, customId, code) => {
	expect(close.decode(customId)).toEqual({ ok: false, code });
});

test('every change of one letter is another id, a refusal, or decodes to what encodes to it', () => {
	const posted = close.encode(values);
	for (let at = 0; at < posted.length; at++) {
		for (const letter of [':', '0', 'z', '-', '~', ' ', 'é', '']) {
			const forged = posted.slice(0, at) + letter + posted.slice(at + 1);
			const decoded = close.decode(forged);
			if (decoded.ok) expect(close.encode(decoded.values)).toBe(forged);
		}
	}
});

test('an id that Discord would not take is refused when it is made', () => {
	const long = defineCustomId('test.long', 1, { a: field.token, b: field.token, c: field.token });
	const token = 'x'.repeat(40);
	expect(() => long.encode({ a: token, b: token, c: token })).toThrow('longer than 100');
	expect(() => long.encode({ a: 'user text', b: 'b', c: 'c' })).toThrow('not a token');
	expect(() => close.encode({ ...values, ticketId: 0.5 })).toThrow('whole number');
	expect(() => close.encode({ ...values, userId: '<@1>' })).toThrow('not an id');
});

describe('ids that were posted long ago', () => {
	const grown = defineCustomId('test.grown', 1, { id: field.int, notify: field.appended(field.oneOf('yes', 'no'), 'no') });

	test('a field that was appended later has a stand-in', () => {
		expect(grown.decode('test.grown:1')).toEqual({ ok: true, values: { id: 1, notify: 'no' } });
		expect(grown.decode('test.grown:1:yes')).toEqual({ ok: true, values: { id: 1, notify: 'yes' } });
	});

	const third = defineCustomId(
		'test.third',
		3,
		{ id: field.int, kind: field.oneOf('a', 'b') },
		{
			2: (parts) => {
				const read = readFields({ id: field.int }, parts);
				return read && { id: read.id, kind: 'a' };
			}
		}
	);

	test('an older version is read as long as somebody keeps its reader', () => {
		expect(third.encode({ id: 1, kind: 'b' })).toBe('test.third~3:1:b');
		expect(third.decode('test.third~3:1:b')).toEqual({ ok: true, values: { id: 1, kind: 'b' } });
		expect(third.decode('test.third~2:1')).toEqual({ ok: true, values: { id: 1, kind: 'a' } });
		expect(third.decode('test.third~2:?')).toEqual({ ok: false, code: 'malformed' });
	});

	test('one without a reader is outdated', () => {
		expect(third.decode('test.third:1:b')).toEqual({ ok: false, code: 'outdated' });
	});
});

test('two ids of one name stop the start', () => {
	expect(() => defineCustomId('test.close', 1, {})).toThrow('Two custom ids are named "test.close".');
	expect(customIds().get('test.close')).toBe(close);
	expect(() => defineCustomId('bad name', 1, {})).toThrow('cannot be the name');
});

describe('the ids of the original', () => {
	test('a role button is written as it always was', () => {
		const button = { messageId: '123456789012345678', roleId: '1234567890123456789' };
		expect(roleButtonCodec.encode(button)).toBe('RB:123456789012345678:1234567890123456789');
		expect(roleButtonCodec.decode('RB:123456789012345678:1234567890123456789')).toEqual({ ok: true, values: button });
	});

	test.each([
		['RB:1:2', 'malformed'],
		['RB:123456789012345678:123456789012345678:1', 'malformed'],
		['RB:123456789012345678:12345678901234567a', 'malformed'],
		['rb:123456789012345678:123456789012345678', 'foreign'],
		['page:a:next', 'foreign']
	])('%s is no role button', (customId, code) => {
		expect(roleButtonCodec.decode(customId)).toEqual({ ok: false, code });
	});

	test('each of the static ids is listed once', () => {
		expect(new Set(originalStaticIds).size).toBe(18);
	});
});
