import { isRecord } from './types.js';

/**
 * Attachments of a request are numbered by their files, and many clients send the number as one.
 * https://discord.com/developers/docs/reference#uploading-files
 */
export function withTextIds(body: unknown): unknown {
	if (!isRecord(body)) return body;
	const changed: Record<string, unknown> = { ...body };
	for (const key of ['data', 'message']) if (isRecord(body[key])) changed[key] = withTextIds(body[key]);
	if (Array.isArray(body['attachments'])) {
		changed['attachments'] = body['attachments'].map((entry: unknown) =>
			isRecord(entry) && typeof entry['id'] === 'number' ? { ...entry, id: String(entry['id']) } : entry
		);
	}
	return changed;
}
