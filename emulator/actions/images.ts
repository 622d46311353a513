import { createHash } from 'node:crypto';
import type { Call } from '../rest/route.js';

/**
 * Keeps a picture that came as a data URI on the CDN.
 * Answers its hash; null when the body clears it, undefined when the body does not speak of it or holds none.
 * https://discord.com/developers/docs/reference#image-data
 */
export function storeImage(call: Call, field: string, folder: string, name?: string): string | null | undefined {
	const value = call.body.raw(field);
	if (value === undefined) return undefined;
	if (value === null) return null;
	const [, kind = '', data = ''] = /^data:image\/(\w+);base64,(.+)$/.exec(typeof value === 'string' ? value : '') ?? [];
	const bytes = Buffer.from(data, 'base64');
	if (bytes.length === 0) {
		call.body.fault(field, 'IMAGE_INVALID', 'Invalid image data');
		return undefined;
	}
	// Discord marks animated pictures.
	const hash = `${kind === 'gif' ? 'a_' : ''}${createHash('md5').update(bytes).digest('hex')}`;
	const extension = kind === 'jpeg' ? 'jpg' : kind;
	call.world.files.set(`${folder}/${name ?? hash}.${extension}`, { data: bytes, contentType: `image/${kind}` });
	return hash;
}
