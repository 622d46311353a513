import { afterEach, expect, test, vi } from 'vitest';
import { certificateFor } from '../../support/certificate.js';
import { fakeNetwork, openHttp, PUBLIC, startProxy, startServer } from '../../support/http.js';

const certificate = certificateFor('public.test');
const authorities = [certificate.cert];
const secureServer = () => startServer((_request, response) => response.end('secure'), certificate);

afterEach(() => vi.unstubAllEnvs());

test('a host is known by its name though it is connected to by its address', async () => {
	await using server = await secureServer();
	await using http = openHttp({ network: fakeNetwork(server.port), certificateAuthorities: authorities });
	expect(await http.web.text('https://public.test/')).toBe('secure');
	expect(server.requests[0]?.headers.host).toBe('public.test');
});

test("another host's certificate is refused before anything is said", async () => {
	await using server = await secureServer();
	await using http = openHttp({ network: fakeNetwork(server.port), certificateAuthorities: authorities });
	await expect(http.web.text('https://other.test/')).rejects.toMatchObject({ code: 'tls', origin: 'https://other.test' });
	await expect(http.web.text(`https://${PUBLIC}/`)).rejects.toMatchObject({ code: 'tls' });
	expect(server.hits).toEqual([]);
});

test('a certificate that nobody vouches for is refused, also when the environment says otherwise', async () => {
	vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
	await using server = await secureServer();
	await using http = openHttp({ network: fakeNetwork(server.port), trustedOrigins: ['https://public.test'] });
	await expect(http.web.text('https://public.test/')).rejects.toMatchObject({ code: 'tls' });
	await expect(http.trusted.text('https://public.test/')).rejects.toMatchObject({ code: 'tls' });
	expect(server.hits).toEqual([]);
});

test('through a proxy the name goes to the host and the address to the proxy', async () => {
	await using server = await secureServer();
	await using proxy = await startProxy(server.port);
	await using http = openHttp({ network: fakeNetwork(0), proxies: [proxy.url], certificateAuthorities: authorities });
	expect(await http.web.text('https://public.test/')).toBe('secure');
	expect(proxy.asked).toEqual([`${PUBLIC}:443`]);
	await expect(http.web.text('https://other.test/')).rejects.toMatchObject({ code: 'tls' });
});

test('plain talk at a secure port is no answer', async () => {
	await using server = await startServer((_request, response) => response.end('plain'));
	await using http = openHttp({ network: fakeNetwork(server.port), certificateAuthorities: authorities });
	await expect(http.web.text('https://public.test/')).rejects.toMatchObject({ code: 'tls' });
});
