/** Width and height of a PNG, GIF or JPEG, from its header; null for anything else. */
export function imageSize(data: Buffer): { width: number; height: number } | null {
	if (data.length > 24 && data.readUInt32BE(0) === 0x89504e47) return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
	if (data.length > 10 && data.toString('latin1', 0, 3) === 'GIF') return { width: data.readUInt16LE(6), height: data.readUInt16LE(8) };
	if (data.length > 4 && data.readUInt16BE(0) === 0xffd8) return jpegSize(data);
	return null;
}

function jpegSize(data: Buffer): { width: number; height: number } | null {
	let at = 2;
	while (at + 9 < data.length && data[at] === 0xff) {
		const marker = data[at + 1] ?? 0;
		// SOF0 to SOF15, without the tables that share the range.
		if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
			return { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
		}
		at += 2 + data.readUInt16BE(at + 2);
	}
	return null;
}
