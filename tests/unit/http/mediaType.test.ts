import { expect, test } from 'vitest';
import { collect } from '#lib/http/body.js';
import { type MediaType, mediaTypeOf, ofType } from '#lib/http/mediaType.js';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452aabb', 'hex');

test.each<[MediaType | null, Buffer]>([
	['image/png', PNG],
	['image/jpeg', Buffer.from('ffd8ffe000104a4649460001', 'hex')],
	['image/gif', Buffer.from('GIF89a\x01\x00\x01\x00', 'latin1')],
	['image/webp', Buffer.from('RIFF\x10\x00\x00\x00WEBPVP8 ', 'latin1')],
	['image/avif', Buffer.from('\x00\x00\x00\x1cftypavif', 'latin1')],
	['video/mp4', Buffer.from('\x00\x00\x00\x18ftypmp42', 'latin1')],
	['video/webm', Buffer.from('1a45dfa39f4286810142f781', 'hex')],
	['audio/mpeg', Buffer.from('ID3\x04\x00', 'latin1')],
	['audio/mpeg', Buffer.from('fffb9000', 'hex')],
	['audio/ogg', Buffer.from('OggS\x00\x02', 'latin1')],
	[null, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')],
	[null, Buffer.from('<!doctype html><title>')],
	[null, Buffer.from('RIFF\x10\x00\x00\x00WAVEfmt ', 'latin1')],
	[null, Buffer.alloc(0)]
])('tells %s by its first bytes', (type, head) => expect(mediaTypeOf(head)).toBe(type));

async function* inPieces(bytes: Buffer, size: number, seen: number[] = []) {
	for (let at = 0; at < bytes.length; at += size) {
		seen.push(at);
		yield bytes.subarray(at, at + size);
	}
}

test('passes the whole body on, however it is cut', async () => {
	for (const size of [1, 7, 16, 100]) {
		const passed = await collect(ofType(inPieces(PNG, size), ['image/png']));
		expect(passed.equals(PNG)).toBe(true);
	}
});

test('stops at the first bytes of another type', async () => {
	const seen: number[] = [];
	const html = Buffer.from('<html>'.repeat(1_000));
	await expect(collect(ofType(inPieces(html, 16, seen), ['image/png']))).rejects.toThrow('wrong-type');
	expect(seen).toEqual([0]);
});

test('a type that the caller does not take, and an empty body, are refused', async () => {
	await expect(collect(ofType(inPieces(PNG, 9), ['image/gif', 'image/webp']))).rejects.toThrow('wrong-type');
	await expect(collect(ofType(inPieces(Buffer.alloc(0), 9), ['image/png']))).rejects.toThrow('wrong-type');
});
