import { once } from 'node:events';
import { inspect } from 'node:util';
import { expect, test, vi } from 'vitest';
import { fakeNetwork, openHttp, startProxy, startServer } from '../../support/http.js';

const url = 'http://public.test/';

/** Holds every request until `open` is called; knows how many were held at once. */
async function gate() {
	const held: (() => void)[] = [];
	let inside = 0;
	let most = 0;
	let opened = false;
	const server = await startServer((_request, response) => {
		most = Math.max(most, ++inside);
		const answer = () => {
			inside--;
			response.end('ok');
		};
		if (opened) answer();
		else held.push(answer);
	});
	const open = () => {
		opened = true;
		for (const answer of held.splice(0)) answer();
	};
	return { server, open, most: () => most, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test('one host is asked by a few requests at a time, and all of them are served', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), limits: { web: { perHost: 3, perHostPerSecond: 100 } } });
	const all = Promise.all(Array.from({ length: 12 }, () => http.web.text(url)));
	await vi.waitUntil(() => host.most() === 3);
	expect(host.server.hits).toHaveLength(3);
	host.open();
	expect(await all).toHaveLength(12);
	expect(host.most()).toBe(3);
});

test('all hosts together are asked by a bounded number at a time', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), limits: { web: { concurrency: 4 } } });
	const all = Promise.all(Array.from({ length: 10 }, (_, i) => http.web.text(`http://host${i}.test/`)));
	await vi.waitUntil(() => host.most() === 4);
	host.open();
	await all;
	expect(host.most()).toBe(4);
});

test('one host gets so many requests a second and no more', async () => {
	await using server = await startServer((_request, response) => response.end('ok'));
	await using http = openHttp({ network: fakeNetwork(server.port), limits: { web: { perHostPerSecond: 5 } } });
	const start = performance.now();
	await Promise.all(Array.from({ length: 6 }, () => http.web.text(url)));
	expect(performance.now() - start).toBeGreaterThan(950);
});

test('a host that holds its requests does not hold up another', async () => {
	await using slow = await gate();
	await using quick = await startServer((_request, response) => response.end('quick'));
	const network = fakeNetwork(slow.server.port);
	const quickly = fakeNetwork(quick.port);
	await using http = openHttp({ network: { ...network, open: (to) => (to.host === 'quick.test' ? quickly : network).open(to) } });
	const waiting = Array.from({ length: 20 }, () => http.web.text(url));
	expect(await http.web.text('http://quick.test/')).toBe('quick');
	slow.open();
	await Promise.all(waiting);
});

test('a line that grew too long is closed', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), limits: { web: { concurrency: 1, perHostPerSecond: 10_000 } } });
	const all = Array.from({ length: 1_002 }, () => http.web.text(url, { retries: 0 }).catch((error: { code: string }) => error.code));
	expect(await Promise.race(all)).toBe('overloaded');
	await http.close();
	expect((await Promise.all(all)).filter((code) => code === 'overloaded')).toHaveLength(1);
});

test.each([
	['does not answer', () => undefined, { headersTimeoutMs: 50 }],
	['stops within its answer', (response: import('node:http').ServerResponse) => response.write('a'), { bodyTimeoutMs: 50 }]
])('a host that %s is not waited for', async (_, act, limits) => {
	await using server = await startServer((_request, response) => void act(response));
	await using http = openHttp({ network: fakeNetwork(server.port), limits: { web: { ...limits, retries: 0 } } });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'timeout', origin: 'http://public.test' });
});

test('a host that sends a little all the time is stopped at the end of the whole', async () => {
	await using server = await startServer((_request, response) => {
		const drip = setInterval(() => response.write('a'), 10);
		response.on('close', () => clearInterval(drip));
	});
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(url, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });
});

test('waiting in line counts towards the whole', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), limits: { web: { perHost: 1 } } });
	const first = http.web.text(url);
	await expect(http.web.text(url, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'timeout' });
	host.open();
	expect(await first).toBe('ok');
	expect(host.server.hits).toHaveLength(1);
});

test('a caller may stop a request before, in line, and under way', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), limits: { web: { perHost: 1 } } });
	await expect(http.web.text(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' });
	expect(host.server.connections()).toBe(0);

	const under = new AbortController();
	const line = new AbortController();
	const first = http.web.text(url, { signal: under.signal });
	const second = http.web.text(url, { signal: line.signal });
	await vi.waitUntil(() => host.most() === 1);
	line.abort();
	await expect(second).rejects.toMatchObject({ code: 'aborted' });
	const [request] = host.server.requests;
	const hungUp = request === undefined ? Promise.reject(new Error('no request')) : once(request.socket, 'close');
	under.abort(new Error('canary'));
	await expect(first).rejects.toMatchObject({ code: 'aborted' });
	await hungUp;
});

test('closing ends what is under way and takes nothing more', async () => {
	await using host = await gate();
	await using http = openHttp({ network: fakeNetwork(host.server.port), trustedOrigins: [] });
	const pending = http.web.text(url);
	await vi.waitUntil(() => host.most() === 1);
	const failed = expect(pending).rejects.toMatchObject({ code: 'closed' });
	await http.close();
	await failed;
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'closed' });
	await http.close();
});

test('no failure tells a path, a query, a header, a body or a password', async () => {
	await using server = await startServer((request, response) => {
		if (request.url?.startsWith('/json')) return response.end('canary: no json');
		if (request.url?.startsWith('/away')) return response.writeHead(302, { location: 'http://127.0.0.1/canary?canary' }).end();
		if (request.url?.startsWith('/cut')) return request.socket.destroy();
		return response.writeHead(400, { 'x-canary': 'canary' }).end('canary');
	});
	await using proxy = await startProxy(server.port, 407);
	const options = { headers: { authorization: 'canary' }, query: { key: 'canary' }, body: { json: 'canary' } };
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await using proxied = openHttp({ network: fakeNetwork(0), proxies: [proxy.url.replace('//', '//canary:canary@')] });
	const asked = [
		...['json', 'away', 'cut', 'status'].map((path) => http.web.json(`${url}${path}/canary`, options)),
		http.web.json('http://canary:canary@public.test/canary'),
		http.web.json('http://[canary'),
		http.web.json(url, { headers: { 'bad name': 'canary' } }),
		http.web.json(url, { headers: { bad: 'canary\n' } }),
		http.web.json(`${url}canary`, { timeoutMs: 0 }),
		http.trusted.json(`${url}canary`, options),
		proxied.web.json(`${url}canary`, options)
	];
	const results = await Promise.allSettled(asked);
	expect(results.map(({ status }) => status)).toEqual(asked.map(() => 'rejected'));
	for (const result of results) {
		const said = result.status === 'rejected' ? inspect(result.reason, { depth: 9, showHidden: true }) : '';
		expect(said).toContain('HttpError');
		expect(said).not.toContain('canary');
	}
});
