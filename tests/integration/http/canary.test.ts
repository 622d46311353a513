import { expect, test } from 'vitest';
import { fakeNetwork, fakeTiming, openHttp, PUBLIC, startProxy, startServer } from '../../support/http.js';

/** Whatever address a socket is opened to, it ends at the canary: a hit means that nobody checked. */
const canary = () => startServer((_request, response) => response.end('secret'));
const blocked = { code: 'blocked-address' };

const SPELLINGS = [
	'127.0.0.1',
	'127.1',
	'127.0.1',
	'2130706433',
	'0x7f000001',
	'0x7f.1',
	'0x7f.0x0.0x0.0x1',
	'0177.0.0.1',
	'017700000001',
	'0177.0x0.1',
	'127.0.0.1.',
	'127.127.127.127',
	'①②⑦.⓪.⓪.①',
	'１２７.０.０.１',
	'127。0。0。1',
	'%31%32%37.0.0.1',
	'0',
	'0.0.0.0',
	'localhost',
	'LOCALHOST.',
	'canary.localhost',
	'[::1]',
	'[0:0:0:0:0:0:0:1]',
	'[::]',
	'[::127.0.0.1]',
	'[::ffff:127.0.0.1]',
	'[::FFFF:7f00:1]',
	'[0:0:0:0:0:ffff:127.0.0.1]',
	'[::ffff:0:127.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[2002:7f00:1::]',
	'[2001:0:7f00:1::]',
	'[fe80::1]',
	'[fd00:ec2::254]',
	'169.254.169.254',
	'2852039166',
	'0xa9fea9fe',
	'[::ffff:169.254.169.254]',
	'[::ffff:a9fe:a9fe]',
	'10.0.0.1',
	'172.16.0.1',
	'192.168.0.1',
	'100.100.100.200',
	'168.63.129.16',
	'224.0.0.1',
	'255.255.255.255'
];

test.each(SPELLINGS)('people cannot reach http://%s/', async (host) => {
	await using server = await canary();
	await using http = openHttp({ network: fakeNetwork(server.port) });
	await expect(http.web.text(`http://${host}/`)).rejects.toMatchObject(blocked);
	await expect(http.web.text(`https://${host}:8443/`)).rejects.toMatchObject(blocked);
	expect(server.connections()).toBe(0);
});

test.each(SPELLINGS)('nor through a proxy: http://%s/', async (host) => {
	await using server = await canary();
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(server.port), proxies: [proxy.url] });
	await expect(http.web.text(`http://${host}/`)).rejects.toMatchObject(blocked);
	expect([server.connections(), proxy.asked]).toEqual([0, []]);
});

test.each(['file:///etc/passwd', 'gopher://127.0.0.1:6379/_INFO', 'ftp://127.0.0.1/', 'http://127.0.0.1:6379/', 'http://public.test:22/'])(
	'%s is not asked',
	async (url) => {
		await using server = await canary();
		await using http = openHttp({ network: fakeNetwork(server.port) });
		await expect(http.web.text(url)).rejects.toMatchObject({ code: expect.stringMatching(/^(invalid-url|blocked-address)$/) });
		expect(server.connections()).toBe(0);
	}
);

test('a public name is reached, so that the zeros of the other tests mean something', async () => {
	await using server = await canary();
	const network = fakeNetwork(server.port, { 'public.test': [PUBLIC] });
	await using http = openHttp({ network });
	expect(await http.web.text('http://public.test/')).toBe('secret');
	expect(network.opened).toEqual([{ host: 'public.test', port: 80, addresses: [PUBLIC] }]);
	expect(server.requests[0]?.headers.host).toBe('public.test');
});

test.each([
	['only a private address', ['127.0.0.1']],
	['one private address among public ones', [PUBLIC, '10.0.0.1']],
	['a private IPv6 address beside a public IPv4 one', [PUBLIC, '::ffff:127.0.0.1']]
])('a name with %s is not asked', async (_, addresses) => {
	await using server = await canary();
	await using http = openHttp({ network: fakeNetwork(server.port, { 'mixed.test': addresses }) });
	await expect(http.web.text('http://mixed.test/')).rejects.toMatchObject(blocked);
	expect(server.connections()).toBe(0);
});

test('a public address of this very machine is not asked', async () => {
	await using server = await canary();
	const network = { ...fakeNetwork(server.port), ownAddresses: () => ['127.0.0.1', PUBLIC] };
	await using http = openHttp({ network });
	await expect(http.web.text('http://public.test/')).rejects.toMatchObject(blocked);
	expect(server.connections()).toBe(0);
});

test('a name that changes its answer after the check is asked at the address that was checked', async () => {
	await using server = await canary();
	const network = fakeNetwork(server.port, { 'rebind.test': [[PUBLIC], ['127.0.0.1']] });
	await using http = openHttp({ network });
	await http.web.text('http://rebind.test/');
	expect(network.lookups).toEqual(['rebind.test']);
	expect(network.opened.map(({ addresses }) => addresses)).toEqual([[PUBLIC]]);
});

test('a name that changed its answer before the next connection is refused then', async () => {
	await using server = await startServer((_request, response) => response.setHeader('connection', 'close').end('secret'));
	const network = fakeNetwork(server.port, { 'rebind.test': [[PUBLIC], ['127.0.0.1']] });
	await using http = openHttp({ network });
	await http.web.text('http://rebind.test/');
	await expect(http.web.text('http://rebind.test/')).rejects.toMatchObject(blocked);
	expect(server.hits).toHaveLength(1);
});

test('a name that changes its answer between two tries of one request is refused at the second', async () => {
	await using server = await startServer((_request, response) => response.writeHead(503, { connection: 'close' }).end());
	await using http = openHttp({ network: fakeNetwork(server.port, { 'rebind.test': [[PUBLIC], ['127.0.0.1']] }), timing: fakeTiming() });
	await expect(http.web.text('http://rebind.test/')).rejects.toMatchObject(blocked);
	expect(server.hits).toHaveLength(1);
});

test.each([
	'http://127.0.0.1/',
	'http://[::ffff:7f00:1]/',
	'http://169.254.169.254/latest/meta-data/',
	'http://2130706433/',
	'http://inside.test/',
	'//127.1/'
])('a redirect to %s is not followed', async (location) => {
	await using server = await startServer((request, response) =>
		request.url === '/start' ? response.writeHead(302, { location }).end() : response.end('secret')
	);
	await using http = openHttp({ network: fakeNetwork(server.port, { 'inside.test': ['192.168.1.1'] }) });
	await expect(http.web.text('http://public.test/start')).rejects.toMatchObject(blocked);
	expect(server.hits).toEqual(['GET /start']);
});

test('a redirect to a private address through a proxy is not followed', async () => {
	await using server = await startServer((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end());
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(0), proxies: [proxy.url] });
	await expect(http.web.text('http://public.test/')).rejects.toMatchObject(blocked);
	expect([server.hits, proxy.asked]).toEqual([['GET /'], [`${PUBLIC}:80`]]);
});

test('through a proxy a changed answer does not matter: the proxy is told the checked address', async () => {
	await using server = await canary();
	await using proxy = await startProxy(server.port);
	const network = fakeNetwork(0, { 'rebind.test': [[PUBLIC], ['127.0.0.1']] });
	await using http = openHttp({ network, proxies: [proxy.url] });
	expect(await http.web.text('http://rebind.test/')).toBe('secret');
	expect([proxy.asked, network.lookups]).toEqual([[`${PUBLIC}:80`], ['rebind.test']]);
	expect(server.requests[0]?.headers.host).toBe('rebind.test');
});

test('the CDN of the configuration may be on this machine, its neighbour on the next port may not', async () => {
	await using cdn = await startServer((_request, response) => response.end('picture'));
	await using neighbour = await canary();
	await using http = openHttp({ discordCdnOrigin: cdn.origin });
	expect(await http.web.text(`${cdn.origin}/a.png`)).toBe('picture');
	await expect(http.web.text(`${neighbour.origin}/a.png`)).rejects.toMatchObject(blocked);
	await expect(http.web.text(cdn.origin.replace('127.0.0.1', 'localhost'))).rejects.toMatchObject(blocked);
	expect(neighbour.connections()).toBe(0);
});

test('the CDN cannot lead to another private address', async () => {
	await using neighbour = await canary();
	await using cdn = await startServer((_request, response) => response.writeHead(302, { location: neighbour.origin }).end());
	await using http = openHttp({ discordCdnOrigin: cdn.origin });
	await expect(http.web.text(cdn.origin)).rejects.toMatchObject(blocked);
	expect(neighbour.connections()).toBe(0);
});

test('what was asked of the CDN without a check does not open the way for others', async () => {
	await using server = await canary();
	const network = fakeNetwork(server.port, { 'inside.test': ['10.0.0.1'] });
	await using http = openHttp({ discordCdnOrigin: 'http://cdn.test', network });
	expect(await http.web.text('http://cdn.test/')).toBe('secret');
	await expect(http.web.text('http://inside.test/')).rejects.toMatchObject(blocked);
	expect(server.connections()).toBe(1);
});

test('the trusted client asks the configured origins and none that they lead to', async () => {
	await using other = await canary();
	await using server = await startServer((request, response) =>
		request.url === '/away' ? response.writeHead(307, { location: other.origin }).end() : response.end('[1]')
	);
	await using http = openHttp({ trustedOrigins: [server.origin] });
	expect(await http.trusted.json(server.origin)).toEqual([1]);
	await expect(http.trusted.json(`${server.origin}/away`)).rejects.toMatchObject(blocked);
	await expect(http.trusted.json(other.origin)).rejects.toMatchObject(blocked);
	expect(other.connections()).toBe(0);
});

test('the web client does not use a connection that the trusted one made', async () => {
	await using server = await canary();
	await using http = openHttp({ trustedOrigins: ['http://127.0.0.1'], network: fakeNetwork(server.port) });
	expect(await http.trusted.text('http://127.0.0.1/')).toBe('secret');
	await expect(http.web.text('http://127.0.0.1/')).rejects.toMatchObject(blocked);
	expect(server.hits).toHaveLength(1);
});
