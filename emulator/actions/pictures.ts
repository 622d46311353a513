/** What Discord takes as pictures, told by their first bytes: what a sender calls a file proves nothing. */
export type PictureKind = 'png' | 'apng' | 'gif' | 'jpeg' | 'webp' | 'avif';

/** The kind of picture in these bytes; null for anything else. */
export function pictureKind(data: Buffer): PictureKind | null {
	if (startsWith(data, '\x89PNG\r\n\x1a\n')) return isAnimatedPng(data) ? 'apng' : 'png';
	if (startsWith(data, 'GIF87a') || startsWith(data, 'GIF89a')) return 'gif';
	if (startsWith(data, '\xff\xd8\xff')) return 'jpeg';
	if (startsWith(data, 'RIFF') && data.toString('latin1', 8, 12) === 'WEBP') return 'webp';
	if (data.toString('latin1', 4, 8) === 'ftyp' && /^avi[fs]$/.test(data.toString('latin1', 8, 12))) return 'avif';
	return null;
}

function startsWith(data: Buffer, text: string): boolean {
	return data.toString('latin1', 0, text.length) === text;
}

/** An animated PNG has its control chunk before the first picture's data. https://www.w3.org/TR/png-3/#apng-frame-based-animation */
function isAnimatedPng(data: Buffer): boolean {
	const control = data.indexOf('acTL', 8, 'latin1');
	const picture = data.indexOf('IDAT', 8, 'latin1');
	return control !== -1 && (picture === -1 || control < picture);
}
