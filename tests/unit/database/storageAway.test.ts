import { expect, test } from 'vitest';
import { isStorageAway, isWriteConflict, StorageAway } from '#lib/data/storageAway.js';

function withCode(code: string, more: object = {}): Error {
	return Object.assign(new Error('x'), { code, ...more });
}

test.each([
	['nobody listens', withCode('ECONNREFUSED')],
	['nobody listens on any address of the name', Object.assign(new AggregateError([withCode('ECONNREFUSED'), withCode('EHOSTUNREACH')]))],
	['the name is not known', withCode('ENOTFOUND')],
	['the name server is away', withCode('EAI_AGAIN')],
	['a line that broke', withCode('EPIPE')],
	['the socket file is not there', withCode('ENOENT', { syscall: 'connect' })],
	['the server shuts down', withCode('57P01')],
	['the server starts', withCode('57P03')],
	['a stand-by', withCode('25006')],
	['a full disk', withCode('53100')],
	['a connection exception', withCode('08006')],
	["Prisma's unreachable", withCode('P1001')],
	["Prisma's closed connection", withCode('P1017')],
	["pg's ended session", new Error('Connection terminated unexpectedly')],
	["the pool's time-out", new Error('timeout exceeded when trying to connect')],
	['a statement that was never answered', new Error('Query read timeout')],
	[
		'no session for a transaction',
		withCode('P2028', { message: 'Transaction API error: Unable to start a transaction in the given time.' })
	],
	["the adapter's error in Prisma's", withCode('P2010', { meta: { driverAdapterError: { cause: { kind: 'ConnectionClosed' } } } })],
	[
		"PostgreSQL's code in the adapter's in Prisma's",
		withCode('P2010', { meta: { driverAdapterError: { cause: { kind: 'postgres', originalCode: '57P01' } } } })
	],
	['a cause of a cause', new Error('a', { cause: new Error('b', { cause: withCode('ECONNRESET') }) })],
	['our own refusal', new StorageAway('The database is away')]
])('%s means that the database is away', (_, error) => {
	expect(isStorageAway(error)).toBe(true);
});

test.each([
	['a unique key', withCode('P2002')],
	['a statement that took too long', withCode('57014')],
	['a syntax error', withCode('42601')],
	['a missing file', withCode('ENOENT', { syscall: 'open' })],
	['a serialization failure', withCode('40001')],
	['a bug', new TypeError('x is not a function')],
	['a string', 'ECONNREFUSED'],
	['nothing', undefined]
])('%s does not', (_, error) => {
	expect(isStorageAway(error)).toBe(false);
});

test('an error that holds itself is read once', () => {
	const error: Error & { cause?: unknown } = new Error('round');
	error.cause = error;
	expect(isStorageAway(error)).toBe(false);
});

test.each([
	['a serialization failure', withCode('40001'), true],
	['a deadlock', withCode('40P01'), true],
	["Prisma's word for both", withCode('P2034'), true],
	["the adapter's word for both", new Error('x', { cause: { kind: 'TransactionWriteConflict' } }), true],
	['a unique key', withCode('P2002'), false],
	['an outage', withCode('57P01'), false]
])('%s: may the transaction be run again?', (_, error, again) => {
	expect(isWriteConflict(error)).toBe(again);
});
