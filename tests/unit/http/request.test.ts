import { expect, test } from 'vitest';
import { firstHop } from '#lib/http/request.js';

const standard = { accept: 'image/*', userAgent: 'Evict/1' };

test('every request carries the standard headers', () => {
	expect(firstHop('https://x.test/', {}, standard)).toMatchObject({
		method: 'GET',
		headers: { accept: 'image/*', 'user-agent': 'Evict/1', 'accept-encoding': 'gzip, br', 'accept-language': 'en-US,en;q=0.9' },
		body: undefined
	});
});

test("a caller's header takes the place of a standard one, whatever its case", () => {
	expect(firstHop('https://x.test/', { headers: { Accept: 'text/css', 'X-Key': 'k' } }, standard).headers).toMatchObject({
		accept: 'text/css',
		'x-key': 'k'
	});
});

test.each(['Host', 'connection', 'Content-Length', 'Transfer-Encoding', 'accept-encoding', 'Proxy-Authorization', 'upgrade'])(
	'%s is not for callers to set',
	(name) => expect(() => firstHop('https://x.test/', { headers: { [name]: 'x' } }, standard)).toThrow('invalid-request')
);

test('the query is encoded and added, without what is undefined', () => {
	const { url } = firstHop('https://x.test/?a=1', { query: { b: 'ü&c=3', d: 4, e: undefined, f: false } }, standard);
	expect(url.search).toBe('?a=1&b=%C3%BC%26c%3D3&d=4&f=false');
});

test.each([
	[{ json: { a: [1] } }, 'application/json', '{"a":[1]}'],
	[{ form: { a: '1 2', b: 'ü' } }, 'application/x-www-form-urlencoded', 'a=1+2&b=%C3%BC'],
	[{ bytes: Buffer.from('raw'), type: 'image/png' }, 'image/png', 'raw']
])('a body is sent with its type, by POST unless told otherwise', (body, type, sent) => {
	const hop = firstHop('https://x.test/', { body }, standard);
	expect([hop.method, hop.headers['content-type'], Buffer.from(hop.body ?? []).toString()]).toEqual(['POST', type, sent]);
	expect(firstHop('https://x.test/', { body, method: 'PUT' }, standard).method).toBe('PUT');
});
