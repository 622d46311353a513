import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { HttpError, reasonOf } from '#lib/http/errors.js';
import { bodyFailure, connectFailure } from '#lib/http/failures.js';

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
	['ECONNREFUSED', 'network'],
	['ECONNRESET', 'network'],
	['UND_ERR_SOCKET', 'network'],
	['HPE_INVALID_CONSTANT', 'network'],
	['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['ETIMEDOUT', 'timeout'],
	['ENOTFOUND', 'unknown-host'],
	['UND_ERR_INVALID_ARG', 'invalid-request'],
	['UND_ERR_DESTROYED', 'closed'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
	['CERT_HAS_EXPIRED', 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls']
])('%s before the answer is %s', (reason, code) =>
	expect(connectFailure(coded(reason), 'http://x.test')).toMatchObject({ code, reason, origin: 'http://x.test' })
);

test.each([
	['UND_ERR_SOCKET', 'truncated'],
	['Z_BUF_ERROR', 'truncated'],
	['Z_DATA_ERROR', 'invalid-body'],
	['UND_ERR_BODY_TIMEOUT', 'timeout'],
	['UND_ERR_DESTROYED', 'closed']
])('%s within the body is %s', (reason, code) => expect(bodyFailure(coded(reason), 'http://x.test')).toMatchObject({ code, reason }));

test('the origin is added to a failure from further down, and kept where it is known', () => {
	expect(connectFailure(new HttpError('proxy-failed', { status: 407 }), 'http://x.test')).toMatchObject({
		origin: 'http://x.test',
		status: 407
	});
	expect(connectFailure(new HttpError('blocked-address', { origin: 'http://y.test' }), 'http://x.test')).toMatchObject({
		origin: 'http://y.test'
	});
});

test('the reason of a connect to several addresses is that of the first', () => {
	expect(reasonOf(new AggregateError([coded('ENETUNREACH')]))).toBe('ENETUNREACH');
});

test('nothing of an error below comes along: not its message, not its fields, not itself', () => {
	const below = Object.assign(coded('ERR_INVALID_URL', 'Invalid URL canary'), {
		input: 'https://x.test/?key=canary',
		cause: new Error('canary')
	});
	for (const failure of [
		connectFailure(below, 'https://x.test'),
		bodyFailure(below, 'https://x.test'),
		connectFailure(coded('key=canary'), 'https://x.test')
	])
		expect(inspect(failure, { depth: 9, showHidden: true }).replaceAll(import.meta.filename, '')).not.toContain('canary');
});
