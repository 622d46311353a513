import zlib from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { hasZstd, isRefusal, readTransport, Squeezer } from '../../../emulator/gateway/transport.js';

describe('the query of a gateway address', () => {
	test.each([
		['', { version: 10, compression: 'none' }],
		['v=9&encoding=json', { version: 9, compression: 'none' }],
		['v=10&compress=zlib-stream', { version: 10, compression: 'zlib-stream' }],
		['v=10&compress=zstd-stream', { version: 10, compression: 'zstd-stream' }]
	])('%s is spoken', (query, expected) => {
		expect(readTransport(new URLSearchParams(query), true)).toEqual(expected);
	});

	test.each([
		['an old version', 'v=8', true, 4012, 'Invalid API version.'],
		['a version that is no number', 'v=x', true, 4012, 'Invalid API version.'],
		['ETF', 'encoding=etf', true, 4002, 'The emulator speaks encoding=json, not etf.'],
		['another compression', 'compress=brotli', true, 4002, 'There is no compress=brotli.'],
		[
			'zstd on a Node without it',
			'compress=zstd-stream',
			false,
			4002,
			`compress=zstd-stream needs Node 22.15 or newer; this is ${process.version}.`
		]
	])('%s is refused in a sentence', (_, query, zstd, code, reason) => {
		const answer = readTransport(new URLSearchParams(query), zstd);
		expect(answer).toEqual({ code, reason });
		expect(isRefusal(answer)).toBe(true);
	});
});

describe('a compressed stream', () => {
	/** Compresses the frames one after another; what each becomes. */
	async function squeeze(compression: 'zlib-stream' | 'zstd-stream', frames: string[]): Promise<Buffer[]> {
		const sent: Buffer[] = [];
		let told: () => void = () => undefined;
		const squeezer = new Squeezer(compression, (data) => {
			sent.push(data);
			told();
		});
		for (const frame of frames) {
			const out = new Promise<void>((resolve) => {
				told = resolve;
			});
			squeezer.write(frame);
			await out;
		}
		squeezer.end();
		return sent;
	}

	const frame = JSON.stringify({ t: 'MESSAGE_CREATE', d: { content: 'the same words again and again'.repeat(20) } });

	test('of zlib ends each message with the flush marker, and remembers what it said', async () => {
		const [first, second] = await squeeze('zlib-stream', [frame, frame]);
		expect(first?.subarray(-4).toString('hex')).toBe('0000ffff');
		expect(second?.length).toBeLessThan((first?.length ?? 0) / 2);
	});

	test.runIf(hasZstd)('of zstd is one stream that opens frame by frame', async () => {
		const sent = await squeeze('zstd-stream', [frame, frame]);
		expect(sent[0]?.readUInt32LE(0)).toBe(0xfd2fb528);
		const open = zlib.createZstdDecompress();
		let text = '';
		open.on('data', (chunk: Buffer) => {
			text += chunk.toString('utf8');
		});
		for (const data of sent) await new Promise((resolve) => open.write(data, resolve));
		await new Promise(setImmediate);
		expect(text).toBe(frame + frame);
	});
});
