import { expect, test } from 'vitest';
import { nextHop } from '#lib/http/redirect.js';
import type { Hop } from '#lib/http/request.js';

const hop = (change: Partial<Hop> = {}): Hop => ({
	url: new URL('https://a.test/one'),
	method: 'GET',
	headers: { accept: '*/*', 'user-agent': 'Evict', authorization: 'Bearer canary', cookie: 'canary', 'x-api-key': 'canary' },
	body: undefined,
	...change
});
const post = hop({ method: 'POST', headers: { accept: '*/*', 'content-type': 'application/json' }, body: Buffer.from('{}') });

test('within one origin all headers stay', () => {
	const next = nextHop(hop(), 302, '/two?x=1');
	expect(next.url.href).toBe('https://a.test/two?x=1');
	expect(next.headers).toEqual(hop().headers);
});

test.each(['https://b.test/', 'http://a.test/', 'https://a.test:8443/', '//b.test/x'])('nothing secret goes along to %s', (location) => {
	expect(nextHop(hop(), 302, location).headers).toEqual({ accept: '*/*', 'user-agent': 'Evict' });
});

test.each([
	[301, 'GET'],
	[302, 'GET'],
	[303, 'GET'],
	[307, 'POST'],
	[308, 'POST']
])('after %i a POST becomes a %s', (status, method) => {
	const next = nextHop(post, status, '/two');
	expect(next.method).toBe(method);
	expect(next.body !== undefined).toBe(method === 'POST');
	expect('content-type' in next.headers).toBe(method === 'POST');
});

test('a HEAD stays one', () => expect(nextHop(hop({ method: 'HEAD' }), 303, '/two').method).toBe('HEAD'));

test('a body is not carried to another origin', () => expect(() => nextHop(post, 307, 'https://b.test/')).toThrow('bad-redirect'));

test.each(['file:///etc/passwd', 'gopher://a.test', 'http://name:word@a.test/', 'http://[', undefined])(
	'a redirect to %s is refused',
	(location) => {
		expect(() => nextHop(hop(), 302, location)).toThrow(expect.objectContaining({ code: 'bad-redirect', origin: 'https://a.test' }));
	}
);
