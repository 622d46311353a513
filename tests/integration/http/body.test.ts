import { setImmediate } from 'node:timers/promises';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { MOST_IN_MEMORY } from '#lib/http/session.js';
import { fakeNetwork, openHttp, startServer } from '../../support/http.js';

const MB = 1_000_000;
const url = 'http://public.test/';
const open = (port: number, retries = 0) => openHttp({ network: fakeNetwork(port), limits: { web: { retries } } });

test.each([
	['gzip', gzipSync],
	['x-gzip', gzipSync],
	['deflate', deflateSync],
	['br', brotliCompressSync],
	['BR', brotliCompressSync],
	['identity', (text: string) => Buffer.from(text)]
])('a body packed with %s is unpacked', async (encoding, pack) => {
	await using server = await startServer((_request, response) => response.setHeader('content-encoding', encoding).end(pack('{"ok":"ü"}')));
	await using http = open(server.port);
	expect(await http.web.json(url)).toEqual({ ok: 'ü' });
});

test.each([
	['gzip that is none', 'gzip', Buffer.from('plain text')],
	['two packings on top of each other', 'gzip, gzip', gzipSync(gzipSync('x'))],
	['a packing that nobody asked for', 'zstd', Buffer.from('x')]
])('%s is refused', async (_, encoding, body) => {
	await using server = await startServer((_request, response) => response.setHeader('content-encoding', encoding).end(body));
	await using http = open(server.port);
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'invalid-body' });
});

test('a body of exactly the limit is taken, one byte more is not', async () => {
	await using server = await startServer((request, response) => response.end(Buffer.alloc(Number(request.url?.slice(1)))));
	await using http = open(server.port);
	expect((await http.web.bytes(`${url}${MOST_IN_MEMORY}`)).bytes).toHaveLength(25 * MB);
	await expect(http.web.bytes(`${url}${MOST_IN_MEMORY + 1}`)).rejects.toMatchObject({ code: 'too-large' });
	expect((await http.web.bytes(`${url}100`, { maxBytes: 100 })).bytes).toHaveLength(100);
	await expect(http.web.bytes(`${url}101`, { maxBytes: 100 })).rejects.toMatchObject({ code: 'too-large' });
});

test('a caller cannot raise the limit', async () => {
	await using server = await startServer((_request, response) => response.setHeader('content-length', 26 * MB).flushHeaders());
	await using http = open(server.port);
	await expect(http.web.bytes(url, { maxBytes: 100 * MB })).rejects.toMatchObject({ code: 'too-large' });
});

test('a body that never says how long it is stops at the limit', async () => {
	let sent = 0;
	await using server = await startServer(async (_request, response) => {
		const piece = Buffer.alloc(64 * 1_024, 1);
		while (!response.destroyed && sent < 200 * MB) {
			sent += piece.length;
			if (!response.write(piece)) await setImmediate();
		}
	});
	await using http = open(server.port);
	await expect(http.web.bytes(url)).rejects.toMatchObject({ code: 'too-large' });
	expect(sent).toBeLessThan(60 * MB);
});

/** 10 MB that become 10 GB, made as they are sent. */
const bomb = () =>
	startServer((_request, response) => {
		const zip = createGzip({ level: 9 });
		zip.pipe(response.setHeader('content-encoding', 'gzip'));
		const zeros = Buffer.alloc(MB);
		let left = 10_000;
		const feed = () => {
			while (left-- > 0 && !response.destroyed) if (!zip.write(zeros)) return void zip.once('drain', feed);
			zip.destroy();
		};
		feed();
	});

test('a bomb is refused within a second, in little memory', async () => {
	await using server = await bomb();
	await using http = open(server.port);
	const before = process.memoryUsage.rss();
	const start = performance.now();
	await expect(http.web.bytes(url)).rejects.toMatchObject({ code: 'too-large' });
	expect(performance.now() - start).toBeLessThan(1_000);
	expect(process.memoryUsage.rss() - before).toBeLessThan(100 * MB);
});

test('bytes sent one by one do not become as many objects', async () => {
	await using server = await startServer(async (_request, response) => {
		for (let i = 0; i < 50_000; i++) if (!response.write('a')) await setImmediate();
		response.end();
	});
	await using http = open(server.port);
	const { bytes } = await http.web.bytes(url);
	expect(bytes.length).toBe(50_000);
	expect(bytes.buffer.byteLength).toBeLessThan(200_000);
});

test.each([
	['shorter than promised', (cut: () => void) => ({ headers: { 'content-length': '100' }, piece: Buffer.from('half'), cut })],
	['in pieces without the last one', (cut: () => void) => ({ headers: {}, piece: Buffer.from('half'), cut })],
	[
		'packed and cut',
		(cut: () => void) => ({ headers: { 'content-encoding': 'gzip' }, piece: gzipSync('a'.repeat(10_000)).subarray(0, 20), cut })
	]
])('a body %s is no answer', async (_, make) => {
	await using server = await startServer((_request, response) => {
		const { headers, piece, cut } = make(() => response.destroy());
		response.writeHead(200, headers);
		response.write(piece, cut);
	});
	await using http = open(server.port);
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'truncated' });
});

test('packing that ends early in a complete answer is no answer either', async () => {
	const whole = gzipSync('a'.repeat(10_000));
	await using server = await startServer((_request, response) => response.setHeader('content-encoding', 'gzip').end(whole.subarray(0, -9)));
	await using http = open(server.port);
	await expect(http.web.text(url)).rejects.toMatchObject({ code: 'truncated' });
});

test.each(['', '{"a":', '<html>', 'undefined'])('JSON that is none is refused: %s', async (body) => {
	await using server = await startServer((_request, response) => response.end(body));
	await using http = open(server.port);
	await expect(http.web.json(url)).rejects.toMatchObject({ code: 'invalid-body', reason: 'SyntaxError' });
});

test('a schema decides what JSON is taken', async () => {
	const schema = {
		parse(value: unknown): number {
			if (typeof value !== 'number') throw new TypeError('not a number');
			return value;
		}
	};
	await using server = await startServer((request, response) => response.end(request.url === '/good' ? '\uFEFF7' : '"7"'));
	await using http = open(server.port);
	const seven: number = await http.web.json(`${url}good`, { schema });
	expect(seven).toBe(7);
	await expect(http.web.json(`${url}bad`, { schema })).rejects.toMatchObject({ code: 'invalid-body' });
});

test('the type is told by the bytes, not by the header', async () => {
	const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
	await using server = await startServer((request, response) =>
		response.setHeader('content-type', 'image/png').end(request.url === '/png' ? png : '<script>alert(1)</script>')
	);
	await using http = open(server.port);
	expect(await http.web.bytes(`${url}png`, { types: ['image/png'] })).toMatchObject({
		mediaType: 'image/png',
		contentType: 'image/png',
		status: 200
	});
	await expect(http.web.bytes(url, { types: ['image/png', 'image/gif'] })).rejects.toMatchObject({ code: 'wrong-type' });
	expect((await http.web.bytes(url)).mediaType).toBeNull();
});

test('a HEAD and a 204 have no body, whatever their headers promise', async () => {
	await using server = await startServer((request, response) =>
		request.method === 'HEAD'
			? response.writeHead(200, { 'content-length': 26 * MB, 'content-encoding': 'gzip' }).end()
			: response.writeHead(204).end()
	);
	await using http = open(server.port);
	expect(await http.web.bytes(url, { method: 'HEAD' })).toMatchObject({ status: 200, bytes: Buffer.alloc(0) });
	expect(await http.web.text(url)).toBe('');
});
