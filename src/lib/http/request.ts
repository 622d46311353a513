import { HttpError } from './errors.js';
import { parseUrl } from './target.js';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type RequestBody =
	| { readonly json: unknown }
	| { readonly form: Readonly<Record<string, string>> }
	| { readonly bytes: Uint8Array; readonly type: string };

export interface RequestOptions {
	readonly method?: HttpMethod;
	readonly headers?: Readonly<Record<string, string>>;
	/** Added to the address; what is undefined is left out. */
	readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
	readonly body?: RequestBody;
	/** For everything together, in milliseconds. */
	readonly timeoutMs?: number;
	/** After decompression. More than the client's own limit has no effect. */
	readonly maxBytes?: number;
	/** Tries after the first, for methods that may be repeated. */
	readonly retries?: number;
	/** Statuses that are an answer too, besides 200 to 299. */
	readonly statuses?: readonly number[];
	/** Through one of the configured proxies, when there are any. `web` does so by default, `trusted` does not. */
	readonly proxy?: boolean;
	readonly signal?: AbortSignal;
}

/** One request as it goes out; a redirect makes the next. */
export interface Hop {
	readonly url: URL;
	readonly method: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Uint8Array | undefined;
}

/** These belong to the connection, not to callers. */
const RESERVED = /^(host|connection|content-length|transfer-encoding|accept-encoding|upgrade|te|trailer|expect|keep-alive|proxy-.*)$/;

export interface StandardHeaders {
	readonly accept: string;
	readonly userAgent: string;
}

/** @throws HttpError `invalid-url` | `invalid-request` */
export function firstHop(address: string | URL, options: RequestOptions, { accept, userAgent }: StandardHeaders): Hop {
	const url = parseUrl(address);
	for (const [name, value] of Object.entries(options.query ?? {})) {
		if (value !== undefined) url.searchParams.set(name, String(value));
	}
	const content = encode(options.body);
	const headers: Record<string, string> = {
		accept,
		'accept-encoding': 'gzip, br',
		'accept-language': 'en-US,en;q=0.9',
		'user-agent': userAgent,
		...(content === undefined ? {} : { 'content-type': content.type })
	};
	for (const [name, value] of Object.entries(options.headers ?? {})) {
		const lower = name.toLowerCase();
		if (RESERVED.test(lower)) throw new HttpError('invalid-request', { origin: url.origin, reason: 'RESERVED_HEADER' });
		headers[lower] = value;
	}
	return { url, method: options.method ?? (content === undefined ? 'GET' : 'POST'), headers, body: content?.bytes };
}

function encode(body: RequestBody | undefined): { type: string; bytes: Uint8Array } | undefined {
	if (body === undefined) return undefined;
	if ('bytes' in body) return body;
	if ('form' in body) return { type: 'application/x-www-form-urlencoded', bytes: Buffer.from(new URLSearchParams(body.form).toString()) };
	return { type: 'application/json', bytes: Buffer.from(JSON.stringify(body.json)) };
}
