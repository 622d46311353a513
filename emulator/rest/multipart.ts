import type { Json } from '../state/types.js';
import { refuse } from './errors.js';
import { quoteLongNumbers } from './longNumbers.js';
import type { UploadedFile } from './route.js';

/** Reads a multipart body: `payload_json`, `files[n]`, and plain fields as stickers use them. */
export async function readMultipart(data: Buffer, contentType: string): Promise<{ body: Json | undefined; files: UploadedFile[] }> {
	const form = await new Response(new Uint8Array(data), { headers: { 'content-type': contentType } }).formData().catch(() => {
		throw refuse(50035, 'Invalid Form Body');
	});
	const files: UploadedFile[] = [];
	const fields: Record<string, Json> = {};
	let body: Json | undefined;
	for (const [field, value] of form) {
		if (typeof value === 'string') {
			if (field === 'payload_json') body = parseJson(value);
			else fields[field] = value;
			continue;
		}
		const index = /^files?\[(\d+)\]$/.exec(field)?.[1];
		files.push({
			index: index === undefined ? null : Number(index),
			field,
			filename: value.name,
			contentType: value.type === '' ? 'application/octet-stream' : value.type,
			data: Buffer.from(await value.arrayBuffer())
		});
	}
	return { body: body ?? (Object.keys(fields).length > 0 ? fields : undefined), files };
}

/** Parses JSON or refuses with 50109. */
export function parseJson(text: string): Json | undefined {
	if (text === '') return undefined;
	try {
		return JSON.parse(quoteLongNumbers(text));
	} catch {
		throw refuse(50109);
	}
}
