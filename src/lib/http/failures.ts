import { HttpError, type HttpErrorCode, reasonOf } from './errors.js';

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const BROKEN = new Set([
	'UND_ERR_SOCKET',
	'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
	'ECONNRESET',
	'EPIPE',
	'ERR_STREAM_PREMATURE_CLOSE',
	'Z_BUF_ERROR'
]);
const OURS = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);
const CLOSED = new Set(['UND_ERR_CLOSED', 'UND_ERR_DESTROYED']);

/** Any error from connecting up to the answer's headers, as an `HttpError`. */
export function connectFailure(error: unknown, origin: string): HttpError {
	if (error instanceof HttpError) return located(error, origin);
	const reason = reasonOf(error);
	return new HttpError(connectCode(reason), { origin, reason });
}

/** Any error while the body was read, as an `HttpError`. */
export function bodyFailure(error: unknown, origin: string): HttpError {
	if (error instanceof HttpError) return located(error, origin);
	const reason = reasonOf(error);
	if (reason !== undefined && TIMEOUTS.has(reason)) return new HttpError('timeout', { origin, reason });
	if (reason !== undefined && CLOSED.has(reason)) return new HttpError('closed', { origin, reason });
	if (reason !== undefined && (BROKEN.has(reason) || reason.startsWith('HPE_'))) return new HttpError('truncated', { origin, reason });
	return new HttpError('invalid-body', { origin, reason });
}

/** Deep parts do not know which origin was asked for; it is added on the way up. */
function located(error: HttpError, origin: string): HttpError {
	const { code, status, retryAfterMs, reason } = error;
	return error.origin === undefined ? new HttpError(code, { origin, status, retryAfterMs, reason }) : error;
}

function connectCode(reason: string | undefined): HttpErrorCode {
	if (reason === undefined) return 'network';
	if (TIMEOUTS.has(reason)) return 'timeout';
	if (OURS.has(reason)) return 'invalid-request';
	if (CLOSED.has(reason)) return 'closed';
	if (reason === 'ENOTFOUND' || reason === 'ENODATA' || reason === 'EAI_AGAIN') return 'unknown-host';
	// OpenSSL's verdicts on a certificate carry no common prefix.
	if (/^ERR_(TLS|SSL)_|CERT|SIGNATURE|CRL/.test(reason)) return 'tls';
	return 'network';
}
