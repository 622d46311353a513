import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeNetwork, openHttp, startServer } from '../../support/http.js';

const url = 'http://public.test/';
const open = (port: number, retries = 0) => openHttp({ network: fakeNetwork(port), limits: { web: { retries } } });
let folder: string;
let file: string;

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'evict-http-'));
	file = join(folder, 'picture.bin');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a download is a file with all of it and no leavings', async () => {
	const body = Buffer.alloc(30_000_000, 'evict');
	await using server = await startServer((_request, response) => response.setHeader('content-type', 'video/mp4').end(body));
	await using http = open(server.port);
	expect(await http.web.download(url, file)).toMatchObject({ size: 30_000_000, status: 200, contentType: 'video/mp4' });
	expect((await readFile(file)).equals(body)).toBe(true);
	expect(await readdir(folder)).toEqual(['picture.bin']);
});

test('a packed download is unpacked', async () => {
	await using server = await startServer((_request, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('whole')));
	await using http = open(server.port);
	expect((await http.web.download(url, file)).size).toBe(5);
	expect(await readFile(file, 'utf8')).toBe('whole');
});

test('a file of that name is replaced by a good download and untouched by a bad one', async () => {
	await writeFile(file, 'old');
	await using server = await startServer((request, response) => {
		if (request.url === '/good') return response.end('new');
		response.writeHead(200, { 'content-length': 100 });
		return response.write('half', () => response.destroy());
	});
	await using http = open(server.port);
	await expect(http.web.download(`${url}bad`, file)).rejects.toMatchObject({ code: 'truncated' });
	expect(await readFile(file, 'utf8')).toBe('old');
	await http.web.download(`${url}good`, file);
	expect(await readFile(file, 'utf8')).toBe('new');
	expect(await readdir(folder)).toEqual(['picture.bin']);
});

test('nothing is left of a download that grew too large, was of the wrong type, or was stopped', async () => {
	await using server = await startServer((_request, response) => {
		response.write('a'.repeat(2_000));
	});
	await using http = open(server.port);
	await expect(http.web.download(url, file, { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'too-large' });
	await expect(http.web.download(url, file, { types: ['image/png'] })).rejects.toMatchObject({ code: 'wrong-type' });
	await expect(http.web.download(url, file, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'timeout' });

	const stop = new AbortController();
	const stopped = expect(http.web.download(url, file, { signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' });
	await vi.waitUntil(async () => (await readdir(folder)).length === 1);
	stop.abort();
	await stopped;
	expect(await readdir(folder)).toEqual([]);
});

test('a bomb does not fill the disk', async () => {
	const body = gzipSync(Buffer.alloc(60_000_000), { level: 9 });
	await using server = await startServer((_request, response) => response.setHeader('content-encoding', 'gzip').end(body));
	await using http = open(server.port);
	await expect(http.web.download(url, file)).rejects.toMatchObject({ code: 'too-large' });
	expect(await readdir(folder)).toEqual([]);
});

test('more than 500 MB is refused before the first byte is read', async () => {
	await using server = await startServer((_request, response) => response.setHeader('content-length', 500_000_001).flushHeaders());
	await using http = open(server.port);
	await expect(http.web.download(url, file)).rejects.toMatchObject({ code: 'too-large' });
});

test('a folder that is not there is a failure with a reason, and is not tried again', async () => {
	await using server = await startServer((_request, response) => response.end('x'));
	await using http = open(server.port, 2);
	await expect(http.web.download(url, join(folder, 'none', 'x'))).rejects.toMatchObject({ code: 'write-failed', reason: 'ENOENT' });
	expect(server.hits).toHaveLength(1);
});

test('a download that broke off is begun anew', async () => {
	let calls = 0;
	await using server = await startServer((_request, response) => {
		if (++calls > 1) return response.end('whole');
		response.writeHead(200, { 'content-length': 100 });
		return response.write('ha', () => response.destroy());
	});
	await using http = open(server.port, 2);
	expect((await http.web.download(url, file)).size).toBe(5);
	expect(await readFile(file, 'utf8')).toBe('whole');
	expect(await readdir(folder)).toEqual(['picture.bin']);
});

test('two downloads to one name at once leave one whole file', async () => {
	await using server = await startServer((request, response) => response.end((request.url ?? '').repeat(100_000)));
	await using http = open(server.port);
	await Promise.all([http.web.download(`${url}a`, file), http.web.download(`${url}b`, file)]);
	expect(['/a', '/b'].map((path) => path.repeat(100_000))).toContain(await readFile(file, 'utf8'));
	expect(await readdir(folder)).toEqual(['picture.bin']);
});
