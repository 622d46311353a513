import { describe, expect, test } from 'vitest';
import { Secret } from '#lib/core/secret.js';
import { StorageAway } from '#lib/data/storageAway.js';
import { withLogContext } from '#lib/observability/logContext.js';
import { openLogging } from '#lib/observability/logger.js';
import { Redactor } from '#lib/observability/redact.js';

// Made up; of the shape that Discord's have.
const token = `${'MTA5ODc2NTQzMjEwOTg3NjU0MzIx'}.${'GaB1cD'}.${'x'.repeat(38)}`;
const webhookToken = 'aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789_-aBcDeFgHiJkLmNoPqRsTuVwXyZ0123';

describe('shapes', () => {
	test.each([
		['a bot token', `login with ${token} failed`, token],
		['a webhook address', `POST https://discord.com/api/v10/webhooks/123456789012345678/${webhookToken}`, webhookToken],
		['an interaction address', `/interactions/123456789012345678/${webhookToken}/callback`, webhookToken],
		['the password of an address', 'connect postgresql://evict:hunter22@db:5432/evict', 'hunter22'],
		['a password with special signs', 'redis://:p%40ss:w0rd@cache', 'p%40ss:w0rd'],
		['an authorization header', 'Authorization: Bot abcdefghijklmnop', 'abcdefghijklmnop'],
		['an authorization header in JSON', '{"authorization":"Bearer abcdefghijklmnop"}', 'abcdefghijklmnop'],
		['an authorization header in JSON inside JSON', '{\\"authorization\\":\\"Basic dXNlcjpwYXNz\\"}', 'dXNlcjpwYXNz'],
		['a cookie', 'set-cookie: session=abcdef; Path=/', 'abcdef'],
		['a field named after it', '{"client_secret":"abc123","apiKey":"def456"}', 'abc123'],
		['a query', 'https://x.example/?api_key=abc123&page=2', 'abc123']
	])('%s is taken out', (_, text, secret) => {
		const redacted = new Redactor().redact(text);
		expect(redacted).not.toContain(secret);
		expect(redacted).toContain('[secret]');
	});

	test.each([
		'Discord answered 500 to https://discord.com/api/v10/channels/123456789012345678/messages',
		'The member 123456789012345678 of 223456789012345678 used reminder.add after 12.345.678 ms',
		'{"level":"info","time":"2026-11-23T02:02:53.915Z","msg":"✓ database PostgreSQL evict at db:5432"}',
		'at Object.<anonymous> (file:///app/dist/lib/errors/render.js:12:34)'
	])('%s stays as it is', (text) => {
		expect(new Redactor().redact(text)).toBe(text);
	});
});

test.each(['x', 'a.', 'x-', 'token', '://', '://a:', 'Bot ', 'cookie ', '1'])('a megabyte of %j takes no more than a moment', (part) => {
	const start = performance.now();
	new Redactor().redact(part.repeat(1_000_000 / part.length));
	// What grows with the square would take minutes; a busy machine takes a second or two.
	expect(performance.now() - start).toBeLessThan(4_000);
});

test('a known secret is taken out wherever it stands, in every spelling', () => {
	const redactor = new Redactor([new Secret('postgresql://u:can%22ary@h/d'), new Secret('plain"secret')]);
	for (const text of [
		'x can%22ary y',
		'x can"ary y',
		JSON.stringify({ a: 'can"ary' }),
		JSON.stringify('plain"secret'),
		encodeURIComponent('plain"secret')
	])
		expect(redactor.redact(text)).toContain('[secret]');
	for (const text of ['x can%22ary y', 'x can"ary y', 'plain"secret']) expect(redactor.redact(text)).not.toMatch(/can|plain/);
});

describe('the log', () => {
	const logged = (write: (logger: ReturnType<typeof openLogging>['logger']) => void): string => {
		const lines: string[] = [];
		const output = { write: (line: string) => void lines.push(line), drain: async () => undefined };
		write(openLogging({ level: 'trace', format: 'json', redactor: new Redactor([new Secret('canary-known')]), output }).logger);
		return lines.join('');
	};

	test('holds no secret in messages, errors, causes, nested objects or headers', () => {
		const cause = new Error(`cause with ${token}`);
		const error = Object.assign(new Error('canary-known failed', { cause }), { requestBody: { json: { token: 'canary-field' } } });
		const text = logged((logger) => {
			logger.info(`a message with ${token} and canary-known`);
			logger.error({ err: error }, 'failed');
			logger.warn({ deep: { er: { headers: { authorization: 'Bot canary-header-value', cookie: 'canary-cookie' } } } }, 'request');
			logger.warn({ url: `https://discord.com/api/webhooks/123456789012345678/${webhookToken}` });
		});
		expect(text).not.toMatch(/canary/);
		expect(text).not.toContain(token);
		expect(text).not.toContain(webhookToken);
		for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
	});

	test('has no stack for a database that is away, which is no fault of the code, and one for everything else', () => {
		const text = logged((logger) => {
			logger.warn({ err: new StorageAway('The database is away') }, 'not now');
			logger.error({ err: new RangeError('our fault') }, 'failed');
		});
		const [away, fault] = text
			.trim()
			.split('\n')
			.map((line): unknown => JSON.parse(line));
		expect(away).toMatchObject({ err: { type: 'StorageAway', message: 'The database is away' } });
		expect(away).not.toHaveProperty('err.stack');
		expect(fault).toMatchObject({ err: { type: 'RangeError', message: 'our fault', stack: expect.stringContaining('redact.test') } });
	});

	test('carries the ids of the work that it belongs to, also later in its promises', async () => {
		const lines: string[] = [];
		const { logger } = openLogging({
			level: 'info',
			format: 'json',
			output: { write: (line) => void lines.push(line), drain: async () => undefined }
		});
		await withLogContext({ shard: 1, guild: '123' }, async () => {
			await Promise.resolve();
			withLogContext({ command: 'afk.afk' }, () => logger.info({ guild: '456' }, 'inside'));
		});
		logger.info('outside');
		const [inside, outside] = lines.map((line) => JSON.parse(line));
		expect(inside).toMatchObject({ shard: 1, guild: '456', command: 'afk.afk', msg: 'inside' });
		expect(outside).not.toHaveProperty('guild');
	});
});
