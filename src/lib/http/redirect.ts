import { HttpError } from './errors.js';
import type { Hop } from './request.js';
import { parseUrl } from './target.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Caller's headers that may follow to another origin; any other could be a key. */
const HARMLESS = new Set(['accept', 'accept-encoding', 'accept-language', 'user-agent', 'range']);

export function isRedirect(status: number): boolean {
	return REDIRECTS.has(status);
}

/**
 * The request to make after a redirect (RFC 9110 15.4). To another origin neither credentials nor a body go along.
 *
 * @throws HttpError `bad-redirect` without a usable address, or where a body would have to go to another origin
 */
export function nextHop(hop: Hop, status: number, location: string | undefined): Hop {
	const url = destination(hop.url, location);
	const sameOrigin = url.origin === hop.url.origin;
	const becomesGet = status === 303 ? hop.method !== 'HEAD' : status <= 302 && hop.method === 'POST';
	const kept = Object.entries(hop.headers).filter(
		([name]) => (sameOrigin || HARMLESS.has(name)) && !(becomesGet && name === 'content-type')
	);
	const headers = Object.fromEntries(kept);
	if (becomesGet) return { url, method: 'GET', headers, body: undefined };
	if (!sameOrigin && hop.body !== undefined) throw new HttpError('bad-redirect', { origin: hop.url.origin, status });
	return { url, method: hop.method, headers, body: hop.body };
}

function destination(from: URL, location: string | undefined): URL {
	try {
		if (location !== undefined) return parseUrl(location, from);
	} catch (error) {
		if (!(error instanceof HttpError)) throw error;
	}
	throw new HttpError('bad-redirect', { origin: from.origin });
}
