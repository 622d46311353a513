import { describe, expect, test } from 'vitest';
import { findDocument } from '../../../emulator/spec/document.js';
import { violationsToError } from '../../../emulator/spec/index.js';
import { openSpec } from './openSpec.js';

const channel = '/channels/123456789012345678';
const guild = '/guilds/123456789012345678';

describe.runIf(findDocument() !== null)('a refusal in the words of Discord', () => {
	const spec = openSpec();
	const errors = (method: string, path: string, body: unknown, query = {}) =>
		violationsToError(spec.checkRequest(method, path, query, body))?.errors;
	const one = (code: string, message: string) => ({ _errors: [{ code, message }] });

	test('what is missing is told at its own field', () => {
		const required = one('BASE_TYPE_REQUIRED', 'This field is required');
		expect(errors('POST', `${channel}/messages/bulk-delete`, {})).toEqual({ messages: required });
		expect(errors('POST', `${channel}/messages`, { poll: { answers: [{ poll_media: { text: 'a' } }] } })).toEqual({
			poll: { question: required }
		});
		expect(errors('GET', `${guild}/members/search`, undefined)).toEqual({ query: required });
	});

	test.each<[title: string, body: object, code: string, message: string]>([
		['too long', { name: 'x'.repeat(101) }, 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.'],
		['too much', { color: 0x1_000_000 }, 'NUMBER_TYPE_MAX', 'int value should be less than or equal to 16777215.'],
		['too little', { color: -1 }, 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 0.'],
		['no number', { color: 'red' }, 'NUMBER_TYPE_COERCE', 'Value "red" is not int.'],
		['no permissions', { permissions: 'all' }, 'NUMBER_TYPE_COERCE', 'Value "all" is not int.'],
		['neither true nor false', { hoist: 'yes' }, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.']
	])('%s', (_title, body, code, message) => {
		const [field = ''] = Object.keys(body);
		expect(errors('POST', `${guild}/roles`, body)).toEqual({ [field]: one(code, message) });
	});

	test('what is wrong is told of the kind of thing that was meant, and of no other', () => {
		const callback = '/interactions/123456789012345678/token/callback';
		const input = { type: 1, components: [{ type: 4, custom_id: 'a', style: 1, label: 'l' }] };
		const length = (most: number) => one('BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
		const modal = { type: 9, data: { custom_id: 'x', title: 't'.repeat(46), components: [input] } };
		expect(errors('POST', callback, modal)).toEqual({ data: { title: length(45) } });
		expect(errors('POST', callback, { type: 9 })).toEqual({ data: one('BASE_TYPE_REQUIRED', 'This field is required') });
		const select = { type: 3, custom_id: 's', options: [{ label: '', value: 'a' }] };
		expect(errors('POST', `${channel}/messages`, { components: [{ type: 1, components: [select] }] })).toEqual({
			components: { 0: { components: { 0: { options: { 0: { label: length(100) } } } } } }
		});
	});

	test('values of a list of possible ones, also where several kinds of a thing are possible', () => {
		const mentions = { content: 'a', allowed_mentions: { parse: ['nobody'] } };
		expect(errors('POST', `${channel}/messages`, mentions)).toEqual({
			allowed_mentions: { parse: { 0: one('BASE_TYPE_CHOICES', "Value must be one of ('users', 'roles', 'everyone').") } }
		});
		const top = { components: [{ type: 11, media: { url: 'https://example.org/a.png' } }] };
		expect(errors('POST', `${channel}/messages`, top)).toEqual({
			components: { 0: { type: one('BASE_TYPE_CHOICES', 'Value must be one of (1, 17, 13, 12, 9).') } }
		});
	});

	test('times, ids and what has only an upper limit', () => {
		const until = { communication_disabled_until: 'tomorrow' };
		expect(errors('PATCH', `${guild}/members/123456789012345678`, until)).toEqual({
			communication_disabled_until: one('DATE_TIME_TYPE_PARSE', 'Could not parse tomorrow. Should be ISO8601.')
		});
		expect(errors('GET', '/users/abc', undefined)).toEqual({ user_id: one('NUMBER_TYPE_COERCE', 'Value "abc" is not snowflake.') });
		expect(errors('PATCH', `${guild}/members/@me`, { nick: 'x'.repeat(33) })).toEqual({
			nick: one('BASE_TYPE_MAX_LENGTH', 'Must be 32 or fewer in length.')
		});
	});
});
