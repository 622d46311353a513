import { expect, test } from 'vitest';
import { fakeNetwork, fakeTiming, openHttp, startServer } from '../../support/http.js';

const url = 'http://public.test/';

/** Answers with the statuses in order, then with 200. */
const answering = (...statuses: readonly (number | readonly [number, string])[]) => {
	const left = [...statuses];
	return startServer((_request, response) => {
		const next = left.shift() ?? 200;
		const [status, retryAfter] = typeof next === 'number' ? [next] : next;
		response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end('done');
	});
};

test('what may pass is tried again, later each time', async () => {
	await using server = await answering(503, 502);
	const timing = fakeTiming();
	await using http = openHttp({ network: fakeNetwork(server.port), timing });
	expect(await http.web.text(url)).toBe('done');
	expect(server.hits).toHaveLength(3);
	expect(timing.waits).toEqual([250, 500]);
});

test('after two more tries it is given up', async () => {
	await using server = await answering(500, 500, 500, 500);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'bad-status', status: 500, origin: 'http://public.test' });
	expect(server.hits).toHaveLength(3);
});

test.each([404, 403, 501])('%i is an answer, not a hiccup', async (status) => {
	await using server = await answering(status);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'bad-status', status });
	expect(server.hits).toHaveLength(1);
});

test('a POST is made once', async () => {
	await using server = await answering(503, 503);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(url, { body: { json: 1 } })).rejects.toMatchObject({ status: 503 });
	expect(server.hits).toEqual(['POST /']);
});

test('a PUT is repeated with its body', async () => {
	const bodies: string[] = [];
	await using server = await startServer((request, response) => {
		request.setEncoding('utf8').on('data', (text: string) => bodies.push(text));
		request.on('end', () => response.writeHead(bodies.length === 1 ? 503 : 200).end());
	});
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await http.web.text(url, { method: 'PUT', body: { json: { a: 1 } } });
	expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
});

test.each(['3', 'Thu, 01 Jan 2026 00:00:03 GMT'])('Retry-After %s is honoured', async (header) => {
	await using server = await answering([429, header]);
	const timing = fakeTiming();
	await using http = openHttp({ network: fakeNetwork(server.port), timing });
	await http.web.text(url);
	expect(timing.waits).toEqual([3_125]);
	expect(server.hits).toHaveLength(2);
});

test('a host that asked for a pause gets it from every request, and other hosts do not wait', async () => {
	await using server = await answering([429, '5']);
	const timing = fakeTiming();
	await using http = openHttp({ network: fakeNetwork(server.port), timing });
	await expect(http.web.text(url, { retries: 0 })).rejects.toMatchObject({ status: 429, retryAfterMs: 5_000 });
	await http.web.text('http://other.test/');
	expect(timing.waits).toEqual([]);
	await http.web.text(url, { body: { json: 1 } });
	expect(timing.waits).toEqual([5_000]);
});

test('a pause longer than the request may take is not waited for', async () => {
	await using server = await answering([429, '3600']);
	const timing = fakeTiming();
	await using http = openHttp({ network: fakeNetwork(server.port), timing });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'bad-status', status: 429, retryAfterMs: 3_600_000 });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 600_000 });
	expect([server.hits.length, timing.waits]).toEqual([1, []]);
});

test('a connection that breaks before or within the answer is tried again', async () => {
	let calls = 0;
	await using server = await startServer((request, response) => {
		calls++;
		if (calls === 1) return request.socket.destroy();
		if (calls === 2) return response.writeHead(200, { 'content-length': 9 }).write('ha', () => response.destroy());
		return response.end('whole');
	});
	await using http = openHttp({ network: fakeNetwork(server.port) });
	expect(await http.web.text(url)).toBe('whole');
});

test('nobody there is a failure with a reason', async () => {
	const server = await answering();
	await server[Symbol.asyncDispose]();
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'network', reason: 'ECONNREFUSED' });
});

test('a name without an address is said to be unknown', async () => {
	const network = {
		...fakeNetwork(0),
		resolve: async () => {
			throw Object.assign(new Error('queryA ENOTFOUND public.test'), { code: 'ENOTFOUND' });
		}
	};
	await using http = openHttp({ network });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'unknown-host', reason: 'ENOTFOUND' });
});

test('a status that the caller expects is an answer', async () => {
	await using server = await answering(404);
	await using http = openHttp({ network: fakeNetwork(server.port) });
	expect(await http.web.bytes(url, { statuses: [404] })).toMatchObject({ status: 404 });
});
