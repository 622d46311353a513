/** Why a request gave nothing. Stable: callers choose a sentence by it. */
export type HttpErrorCode =
	/** Not an http(s) address, too long, or with a user name in it. */
	| 'invalid-url'
	/** The caller asked for something that is never sent (a forbidden header, a broken value). A bug of ours. */
	| 'invalid-request'
	/** The address, or one that a redirect led to, is not on the public internet or not a configured origin. */
	| 'blocked-address'
	/** The name has no address. */
	| 'unknown-host'
	/** No connection, or it broke before an answer. */
	| 'network'
	/** The other side's certificate is not good. */
	| 'tls'
	/** None of the tried proxies opened a way. */
	| 'proxy-failed'
	| 'timeout'
	/** The caller's signal. */
	| 'aborted'
	/** The session is closed or closing. */
	| 'closed'
	/** Too many requests of ours are waiting. */
	| 'overloaded'
	/** The host said Retry-After, and it is longer than this request may take. */
	| 'rate-limited'
	| 'bad-status'
	| 'too-many-redirects'
	| 'bad-redirect'
	/** The body, after decompression, is larger than allowed. */
	| 'too-large'
	/** The body ended before its end. */
	| 'truncated'
	/** Not what was asked for: broken compression, no JSON, a schema that does not fit. */
	| 'invalid-body'
	/** The first bytes are of another type than the caller takes. */
	| 'wrong-type'
	/** The file could not be written. */
	| 'write-failed';

export interface HttpErrorDetails {
	/** Scheme, host and port alone: a path or a query may hold a token. */
	readonly origin?: string | undefined;
	readonly status?: number | undefined;
	readonly retryAfterMs?: number | undefined;
	/** An error constant such as ECONNRESET; anything else is dropped. */
	readonly reason?: string | undefined;
}

/**
 * A request that failed. It never holds a path, a query, a header, a body, or the error below it,
 * because each of them may hold a secret and this error is logged.
 */
export class HttpError extends Error {
	public override readonly name = 'HttpError';
	public readonly code: HttpErrorCode;
	public readonly origin: string | undefined;
	public readonly status: number | undefined;
	public readonly retryAfterMs: number | undefined;
	public readonly reason: string | undefined;

	public constructor(code: HttpErrorCode, details: HttpErrorDetails = {}) {
		const reason = constantOf(details.reason);
		const said = [code, details.origin, details.status, reason].filter((part) => part !== undefined);
		super(`HTTP request failed: ${said.join(' ')}`);
		this.code = code;
		this.origin = details.origin;
		this.status = details.status;
		this.retryAfterMs = details.retryAfterMs;
		this.reason = reason;
	}
}

/** The error's own `code` when it is a plain constant. Messages are never taken: some quote the whole address. */
export function reasonOf(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	// A dual-stack connect fails with an AggregateError; its parts say why.
	const of = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
	return 'code' in of && typeof of.code === 'string' ? constantOf(of.code) : constantOf(of.name);
}

function constantOf(text: string | undefined): string | undefined {
	return text !== undefined && /^\w{1,64}$/.test(text) ? text : undefined;
}
