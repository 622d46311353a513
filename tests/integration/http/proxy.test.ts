import { expect, test } from 'vitest';
import { fakeNetwork, openHttp, PUBLIC, startProxy, startServer } from '../../support/http.js';

const url = 'http://public.test/';
const hello = () => startServer((_request, response) => response.setHeader('connection', 'close').end('hello'));

test('requests of people go through the proxies in turn', async () => {
	await using server = await hello();
	await using one = await startProxy(server.port);
	await using two = await startProxy(server.port);
	const network = fakeNetwork(0);
	await using http = openHttp({ network, proxies: [one.url, two.url] });
	for (let i = 0; i < 4; i++) expect(await http.web.text(url)).toBe('hello');
	expect([one.asked.length, two.asked.length, network.opened.length]).toEqual([2, 2, 0]);
});

test("a proxy's password goes to the proxy alone", async () => {
	await using server = await hello();
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(0), proxies: [proxy.url.replace('//', '//user:canary@')] });
	await http.web.text(url);
	expect(proxy.authorizations).toEqual([`Basic ${Buffer.from('user:canary').toString('base64')}`]);
	expect(JSON.stringify(server.requests[0]?.headers)).not.toMatch(/proxy|canary|dXNlc/i);
});

test.each([407, 403, 502])('a proxy that answers %i is left out and the next one tried', async (status) => {
	await using server = await hello();
	await using broken = await startProxy(server.port, status);
	await using good = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(0), proxies: [broken.url, good.url] });
	for (let i = 0; i < 3; i++) expect(await http.web.text(url)).toBe('hello');
	expect([broken.asked.length, good.asked.length]).toEqual([1, 3]);
});

test('when no proxy works the request fails, it does not go straight', async () => {
	await using server = await hello();
	const gone = await startProxy(server.port);
	await gone[Symbol.asyncDispose]();
	const network = fakeNetwork(server.port);
	await using http = openHttp({ network, proxies: [gone.url.replace('//', '//user:canary@')] });
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'proxy-failed', reason: 'ECONNREFUSED', origin: 'http://public.test' });
	expect([server.connections(), network.opened]).toEqual([0, []]);
});

test('a server that is no proxy is one that failed', async () => {
	await using server = await hello();
	await using http = openHttp({ network: fakeNetwork(0), proxies: [server.origin] });
	await expect(http.web.text(url, { retries: 0 })).rejects.toMatchObject({ code: 'proxy-failed' });
});

test('a proxy that puts words before those of the host is one that failed', async () => {
	await using server = await hello();
	await using proxy = await startProxy(server.port, 200, 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nlie');
	await using http = openHttp({ network: fakeNetwork(0), proxies: [proxy.url] });
	await expect(http.web.text(url, { retries: 0 })).rejects.toMatchObject({ code: 'proxy-failed' });
});

test('of several checked addresses a proxy is asked for the next when one fails', async () => {
	await using server = await hello();
	await using proxy = await startProxy(server.port, 502);
	await using http = openHttp({ network: fakeNetwork(0, { 'public.test': [PUBLIC, '2606:4700:4700::1111'] }), proxies: [proxy.url] });
	await expect(http.web.text(url, { retries: 0 })).rejects.toMatchObject({ code: 'proxy-failed', status: 502 });
	expect(proxy.asked).toEqual([`${PUBLIC}:80`, '[2606:4700:4700::1111]:80']);
});

test('configured origins are asked straight unless the caller wishes otherwise, the CDN always', async () => {
	await using server = await hello();
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ proxies: [proxy.url], trustedOrigins: [server.origin], discordCdnOrigin: server.origin });
	await http.trusted.text(server.origin);
	await http.web.text(server.origin, { proxy: true });
	expect(proxy.asked).toEqual([]);
	await http.trusted.text(server.origin, { proxy: true });
	expect(proxy.asked).toEqual([`127.0.0.1:${server.port}`]);
});

test('a request of people may ask to go straight, and is checked all the same', async () => {
	await using server = await hello();
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(server.port), proxies: [proxy.url] });
	expect(await http.web.text(url, { proxy: false })).toBe('hello');
	await expect(http.web.text('http://127.0.0.1/', { proxy: false })).rejects.toMatchObject({ code: 'blocked-address' });
	expect(proxy.asked).toEqual([]);
});
