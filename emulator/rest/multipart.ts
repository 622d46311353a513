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
		if (field === 'payload_json') {
			body = parseJson(typeof value === 'string' ? value : await value.text());
			continue;
		}
		if (typeof value === 'string') {
			fields[field] = value;
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

/** Levels of lists and objects; no body of Discord's has a tenth of them, and whoever walks through deeper ones runs out of stack. */
const DEEPEST = 200;

/** Whether JSON nests deeper than anybody reads. */
function isTooDeep(text: string): boolean {
	if (text.length <= DEEPEST * 2) return false;
	let depth = 0;
	let isQuoted = false;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (isQuoted) {
			if (character === '\\') at++;
			else if (character === '"') isQuoted = false;
		} else if (character === '"') isQuoted = true;
		else if (character === '[' || character === '{') {
			if (++depth > DEEPEST) return true;
		} else if (character === ']' || character === '}') depth--;
	}
	return false;
}

/** Parses JSON or refuses with 50109. */
export function parseJson(text: string): Json | undefined {
	if (text === '') return undefined;
	if (isTooDeep(text)) throw refuse(50109);
	try {
		return JSON.parse(quoteLongNumbers(text));
	} catch {
		throw refuse(50109);
	}
}
