import { expect, test } from 'vitest';
import { postgresAnswers, postgresTap } from '../../support/postgresTap.js';
import { redisTap } from '../../support/redisTap.js';

function message(type: string, ...texts: string[]): Buffer {
	const body = Buffer.from(texts.map((text) => `${text}\0`).join(''));
	const head = Buffer.alloc(5);
	head.write(type);
	head.writeUInt32BE(body.length + 4, 1);
	return Buffer.concat([head, body]);
}

/** Protocol 3.0, no parameters. */
const startup = Buffer.from([0, 0, 0, 9, 0, 3, 0, 0, 0]);
const wantsTls = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

test('statements to PostgreSQL are read, prepared ones each time they run, however the bytes arrive', () => {
	const seen: string[] = [];
	const read = postgresTap((sql) => void seen.push(sql));
	const run = Buffer.concat([message('B', '', 'one'), message('E', '')]);
	const bytes = Buffer.concat([wantsTls, startup, message('Q', 'SELECT 1'), message('P', 'one', 'SELECT 2'), run, run, message('X')]);
	for (const byte of bytes) read(Buffer.from([byte]));
	expect(seen).toEqual(['SELECT 1', 'SELECT 2', 'SELECT 2']);
});

test('the client says its name when it starts', () => {
	const seen: string[] = [];
	const parameters = Buffer.from('user\0postgres\0application_name\0evict\0\0');
	const head = Buffer.from([0, 0, 0, 8 + parameters.length, 0, 3, 0, 0]);
	postgresTap((_, application) => void seen.push(application))(Buffer.concat([head, parameters, message('Q', 'SELECT 1')]));
	expect(seen).toEqual(['evict']);
});

test('answers of PostgreSQL are read: what was completed, and whether a transaction is open', () => {
	const seen: unknown[] = [];
	const read = postgresAnswers((completed, status) => void seen.push([completed, status]));
	const ready = (status: string) => Buffer.concat([Buffer.from('Z'), Buffer.from([0, 0, 0, 5]), Buffer.from(status)]);
	const bytes = Buffer.concat([
		ready('I'),
		message('C', 'BEGIN'),
		ready('T'),
		message('C', 'INSERT 0 1'),
		ready('T'),
		message('C', 'COMMIT'),
		ready('I')
	]);
	for (const byte of bytes) read(Buffer.from([byte]));
	expect(seen).toEqual([
		[[], 'I'],
		[['BEGIN'], 'T'],
		[['INSERT 0 1'], 'T'],
		[['COMMIT'], 'I']
	]);
});

test('commands to Redis are read, several in one chunk and one in several', () => {
	const seen: (readonly string[])[] = [];
	const read = redisTap((words) => void seen.push(words));
	const bytes = Buffer.from('*2\r\n$3\r\nGET\r\n$1\r\na\r\n*1\r\n$4\r\nPING\r\n*3\r\n$3\r\nSET\r\n$1\r\nb\r\n$4\r\n\r\n*1\r\n');
	read(bytes.subarray(0, 50));
	for (const byte of bytes.subarray(50)) read(Buffer.from([byte]));
	expect(seen).toEqual([['GET', 'a'], ['PING'], ['SET', 'b', '\r\n*1']]);
});
