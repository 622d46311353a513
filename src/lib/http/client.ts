import type { MediaType } from './mediaType.js';
import type { RequestOptions } from './request.js';

/** Anything that takes an unknown value and answers a checked one or throws: a zod schema. */
export interface Schema<T> {
	parse(value: unknown): T;
}

export interface BytesOptions extends RequestOptions {
	/** Only these, told by the first bytes and not by the sender's word. */
	readonly types?: readonly MediaType[];
}

export interface BytesAnswer {
	readonly bytes: Buffer;
	readonly status: number;
	/** As the sender says it. */
	readonly contentType: string | undefined;
	/** What the first bytes say. */
	readonly mediaType: MediaType | null;
	/** Where it came from after all redirects. */
	readonly url: URL;
}

export interface DownloadAnswer {
	/** After decompression. */
	readonly size: number;
	readonly status: number;
	readonly contentType: string | undefined;
	readonly url: URL;
}

/** Asks other servers. What goes wrong out there rejects with an `HttpError`. */
export interface HttpClient {
	json(url: string | URL, options?: RequestOptions): Promise<unknown>;
	/** Rejects with `invalid-body` when the schema does not fit. */
	json<T>(url: string | URL, options: RequestOptions & { readonly schema: Schema<T> }): Promise<T>;
	text(url: string | URL, options?: RequestOptions): Promise<string>;
	/** At most 25 MB, as `json` and `text`. */
	bytes(url: string | URL, options?: BytesOptions): Promise<BytesAnswer>;
	/** Streamed to a file, at most 500 MB. The file appears whole or not at all. */
	download(url: string | URL, path: string, options?: BytesOptions): Promise<DownloadAnswer>;
}
