import { describe, expect, test } from 'vitest';
import { quoteLongNumbers } from '../../../emulator/rest/longNumbers.js';

describe('long numbers of a JSON text', () => {
	test.each([
		['an id', '{"id": 1574263310893711360}', { id: '1574263310893711360' }],
		['ids of a list', '[123456789012345678,123456789012345679]', ['123456789012345678', '123456789012345679']],
		[
			'digits in words stay words',
			'{"a":1574263310893711360,"b":"x: 1574263310893711361 \\" [1574263310893711362"}',
			{ a: '1574263310893711360', b: 'x: 1574263310893711361 " [1574263310893711362' }
		],
		[
			'short numbers stay numbers',
			'{"a":1574263310893711360,"b":9007199254740991,"c":0.12345678901234567}',
			{ a: '1574263310893711360', b: 9007199254740991, c: Number('0.12345678901234567') }
		]
	])('%s', (_, text, expected) => {
		expect(JSON.parse(quoteLongNumbers(text))).toEqual(expected);
	});
});
