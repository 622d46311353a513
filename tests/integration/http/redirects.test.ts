import { expect, test, vi } from 'vitest';
import { fakeNetwork, openHttp, startServer } from '../../support/http.js';

/** `/n` leads to `/n-1`; `/0` is the end. */
const countdown = () =>
	startServer((request, response) => {
		const left = Number(request.url?.slice(1));
		if (left > 0) response.writeHead(302, { location: `/${left - 1}` }).end();
		else response.end('arrived');
	});

test('three redirects are followed, a fourth is not', async () => {
	await using server = await countdown();
	await using http = openHttp({ network: fakeNetwork(server.port) });
	expect(await http.web.text('http://public.test/3')).toBe('arrived');
	await expect(http.web.text('http://public.test/4')).rejects.toMatchObject({ code: 'too-many-redirects' });
});

test('the answer says where it came from', async () => {
	await using server = await countdown();
	await using http = openHttp({ network: fakeNetwork(server.port) });
	expect((await http.web.bytes('http://public.test/1')).url.href).toBe('http://public.test/0');
});

test('credentials do not follow to another origin', async () => {
	await using server = await startServer((request, response) =>
		request.headers.host === 'a.test' ? response.writeHead(302, { location: 'http://b.test/' }).end() : response.end('ok')
	);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await http.web.text('http://a.test/', { headers: { authorization: 'Bearer canary', cookie: 'canary', 'x-key': 'canary' } });
	const [first, second] = server.requests;
	expect(first?.headers).toMatchObject({ authorization: 'Bearer canary', cookie: 'canary', 'x-key': 'canary' });
	expect(JSON.stringify(second?.headers)).not.toContain('canary');
	expect(second?.headers['user-agent']).toBe('Evict test');
});

test('a redirect without an address is a bad status, one to nonsense a bad redirect', async () => {
	await using server = await startServer((request, response) =>
		response.writeHead(302, request.url === '/none' ? {} : { location: 'gopher://x' }).end()
	);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text('http://public.test/none')).rejects.toMatchObject({ code: 'bad-status', status: 302 });
	await expect(http.web.text('http://public.test/odd')).rejects.toMatchObject({ code: 'bad-redirect' });
});

test('the body of a redirect is not waited for and its connection is let go', async () => {
	await using server = await startServer((request, response) =>
		request.url === '/end' ? response.end('arrived') : response.writeHead(302, { location: '/end' }).write('endless')
	);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	expect(await http.web.text('http://public.test/')).toBe('arrived');
	// Within a second, long before the time-out of a body.
	await vi.waitUntil(() => server.requests[0]?.socket.destroyed);
});
