import { createHash } from 'node:crypto';
import { refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { pictureKind } from './pictures.js';

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

const largestEmoji = 256 * 1024;

/**
 * Keeps the picture of an emoji and answers whether it is animated. Refuses what is no picture and what is larger than 256 KiB.
 * https://discord.com/developers/docs/resources/emoji#create-guild-emoji
 */
export function storeEmoji(call: Call, id: string): boolean {
	const value = call.body.requiredString('image');
	const hash = storeImage(call, 'image', 'emojis', id);
	call.body.done();
	const bytes = Buffer.from(value.slice(value.indexOf(',') + 1), 'base64');
	if (pictureKind(bytes) === null) throw refuse(50046);
	if (bytes.length > largestEmoji) throw refuse(50138);
	return hash?.startsWith('a_') ?? false;
}
