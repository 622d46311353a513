import { expect, test } from 'vitest';
import { HttpError } from '#lib/http/errors.js';
import { retryAfterMs, retryDelay } from '#lib/http/retry.js';

const status = (code: number, pause?: number) => new HttpError('bad-status', { status: code, retryAfterMs: pause });

test.each([408, 429, 500, 502, 503, 504])('status %i may pass', (code) => expect(retryDelay(status(code), 'GET', 1, 0.5)).not.toBeNull());
test.each([400, 401, 403, 404, 410, 501])('status %i will not pass', (code) => expect(retryDelay(status(code), 'GET', 1, 0.5)).toBeNull());

test.each(['network', 'timeout', 'truncated', 'proxy-failed'] as const)('%s may pass', (code) => {
	expect(retryDelay(new HttpError(code), 'GET', 1, 0.5)).not.toBeNull();
});

test.each([
	'blocked-address',
	'too-large',
	'invalid-body',
	'wrong-type',
	'tls',
	'aborted',
	'closed',
	'write-failed',
	'too-many-redirects'
] as const)('%s will not pass', (code) => expect(retryDelay(new HttpError(code), 'GET', 1, 0.5)).toBeNull());

test('a name server that is down may come back, a name that is not there will not', () => {
	expect(retryDelay(new HttpError('unknown-host', { reason: 'ESERVFAIL' }), 'GET', 1, 0.5)).not.toBeNull();
	expect(retryDelay(new HttpError('unknown-host', { reason: 'ENOTFOUND' }), 'GET', 1, 0.5)).toBeNull();
});

test('what may have had an effect is not repeated', () => {
	expect(['GET', 'HEAD', 'PUT', 'DELETE', 'POST', 'PATCH'].map((method) => retryDelay(status(503), method, 1, 0) !== null)).toEqual([
		true,
		true,
		true,
		true,
		false,
		false
	]);
});

test('the wait doubles, is spread by chance from nothing on, and has an end', () => {
	const longest = (tried: number) => retryDelay(status(500), 'GET', tried, 1);
	expect([1, 2, 3, 10].map(longest)).toEqual([500, 1_000, 2_000, 5_000]);
	expect(retryDelay(status(500), 'GET', 3, 0)).toBe(0);
});

test('Retry-After is waited out, never less', () => {
	expect(retryDelay(status(429, 7_000), 'GET', 1, 0)).toBe(7_000);
	expect(retryDelay(status(429, 7_000), 'GET', 1, 0.999)).toBeGreaterThan(7_000);
});

test.each([
	['3', 3_000],
	[' 0 ', 0],
	['1.5', 1_500],
	['Thu, 01 Jan 2026 00:00:09 GMT', 9_000],
	['Wed, 31 Dec 2025 00:00:00 GMT', 0],
	['-5', undefined],
	['soon', undefined],
	['', undefined],
	['99999999999999', undefined],
	[undefined, undefined]
])('Retry-After %s is %s ms', (header, expected) => expect(retryAfterMs(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(expected));
