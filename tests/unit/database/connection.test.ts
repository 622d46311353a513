import { expect, test } from 'vitest';
import { connectionFields } from '#lib/data/connection.js';

test.each([
	[
		'postgresql://ana:s%40crit@db.example:6543/evict',
		{ host: 'db.example', port: 6543, user: 'ana', password: 's@crit', database: 'evict' }
	],
	['postgres://ana@[::1]/evict', { host: '::1', port: 5432, user: 'ana', database: 'evict' }],
	['postgresql://ana@/evict?host=/run/postgresql', { host: '/run/postgresql', port: 5432, user: 'ana', database: 'evict' }]
])('%s is read into its parts', (url, fields) => {
	expect(connectionFields(url)).toMatchObject(fields);
});

test('an address that cannot be read is told without its password', () => {
	expect(() => connectionFields('postgresql://ana:canary@host:notaport/evict')).toThrow(
		expect.objectContaining({ message: expect.not.stringContaining('canary') })
	);
});
