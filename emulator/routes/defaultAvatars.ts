import { crc32, deflateSync } from 'node:zlib';

const SIZE = 64;
/** One colour a picture, where Discord draws its logo. */
const COLOURS = [0x5865f2, 0x757e8a, 0x3ba55c, 0xfaa61a, 0xed4245, 0xeb459e];

/**
 * The picture of somebody without one: `embed/avatars/0.png` to `5.png`. Null for any other path.
 * https://discord.com/developers/docs/reference#image-formatting-cdn-endpoints
 */
export function defaultAvatar(path: string): Buffer | null {
	const colour = COLOURS[Number(/^embed\/avatars\/(\d)\.png$/.exec(path)?.[1] ?? -1)];
	return colour === undefined ? null : png(colour);
}

/** A square of one colour. https://www.w3.org/TR/png-3/ */
function png(colour: number): Buffer {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(SIZE, 0);
	header.writeUInt32BE(SIZE, 4);
	// Eight bits a channel, truecolour.
	header.set([8, 2, 0, 0, 0], 8);
	const pixel = [colour >> 16, (colour >> 8) & 255, colour & 255];
	const row = Buffer.from([0, ...Array.from({ length: SIZE }, () => pixel).flat()]);
	const pixels = deflateSync(Buffer.concat(Array.from({ length: SIZE }, () => row)));
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
	return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(name: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(data.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(body));
	return Buffer.concat([length, body, check]);
}
