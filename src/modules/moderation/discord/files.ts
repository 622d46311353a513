import { type HttpClient, HttpError } from '#lib/http/index.js';
import type { EvidenceParts } from '../service/evidence.js';

/** Where Discord keeps files, besides where our own configuration says. */
export const discordFiles = ['https://cdn.discordapp.com', 'https://media.discordapp.net'] as const;

/** Fetches a file whose address a person gave. What it is, its own first bytes say. */
export function fileFetcher(web: Pick<HttpClient, 'bytes'>): EvidenceParts['fetch'] {
	return async (url, maxBytes) => {
		try {
			const { bytes, mediaType } = await web.bytes(url, { maxBytes });
			return { bytes, contentType: mediaType ?? 'application/octet-stream' };
		} catch (error) {
			if (!(error instanceof HttpError)) throw error;
			return error.code === 'too-large' ? 'too-large' : 'away';
		}
	};
}
