import { HttpError } from './errors.js';

/** So many first bytes tell the type. */
const HEAD_BYTES = 16;

export type MediaType =
	| 'image/png'
	| 'image/jpeg'
	| 'image/gif'
	| 'image/webp'
	| 'image/avif'
	| 'video/mp4'
	| 'video/webm'
	| 'audio/mpeg'
	| 'audio/ogg';

const latin = (head: Buffer, from: number, to: number) => head.toString('latin1', from, to);
const MP4_BRANDS = new Set(['isom', 'iso2', 'iso5', 'iso6', 'mp41', 'mp42', 'avc1', 'dash', 'M4V ']);

/** In order; the signatures are those of the WHATWG MIME Sniffing Standard, section 6. */
const SIGNATURES: readonly (readonly [MediaType, (head: Buffer) => boolean])[] = [
	['image/png', (head) => latin(head, 0, 8) === '\x89PNG\r\n\x1a\n'],
	['image/jpeg', (head) => latin(head, 0, 3) === '\xff\xd8\xff'],
	['image/gif', (head) => /^GIF8[79]a/.test(latin(head, 0, 6))],
	['image/webp', (head) => latin(head, 0, 4) === 'RIFF' && latin(head, 8, 12) === 'WEBP'],
	['image/avif', (head) => latin(head, 4, 8) === 'ftyp' && /^avi[fs]$/.test(latin(head, 8, 12))],
	['video/mp4', (head) => latin(head, 4, 8) === 'ftyp' && MP4_BRANDS.has(latin(head, 8, 12))],
	['video/webm', (head) => latin(head, 0, 4) === '\x1a\x45\xdf\xa3'],
	['audio/mpeg', (head) => latin(head, 0, 3) === 'ID3' || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)],
	['audio/ogg', (head) => latin(head, 0, 4) === 'OggS']
];

/** What the bytes are, whatever their sender says of them. Null for anything else, SVG and HTML among it. */
export function mediaTypeOf(head: Buffer): MediaType | null {
	return SIGNATURES.find(([, matches]) => matches(head))?.[0] ?? null;
}

/**
 * Passes the body on when its first bytes are of one of `types`; otherwise stops before the rest is read.
 *
 * @throws HttpError `wrong-type`
 */
export async function* ofType(chunks: AsyncIterable<Buffer>, types: readonly MediaType[]): AsyncGenerator<Buffer, void, undefined> {
	let head = Buffer.alloc(0);
	let passed = false;
	for await (const chunk of chunks) {
		if (passed) {
			yield chunk;
			continue;
		}
		head = Buffer.concat([head, chunk]);
		if (head.length < HEAD_BYTES) continue;
		check(head, types);
		passed = true;
		yield head;
	}
	if (passed) return;
	check(head, types);
	yield head;
}

function check(head: Buffer, types: readonly MediaType[]): void {
	const type = mediaTypeOf(head);
	if (type === null || !types.includes(type)) throw new HttpError('wrong-type');
}
