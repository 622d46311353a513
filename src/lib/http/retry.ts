import type { HttpError, HttpErrorCode } from './errors.js';

/** RFC 9110 9.2.2. */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);
const PASSING_CODES = new Set<HttpErrorCode>(['network', 'timeout', 'truncated', 'proxy-failed', 'unknown-host']);
const PASSING_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

/** A name that does not exist will not exist in a second either. */
const LASTING_REASONS = new Set(['ENOTFOUND', 'ENODATA']);

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 5_000;

/**
 * Milliseconds to wait before the next try, or null when there should be none.
 * Back-off with full jitter; a Retry-After is waited out, with a little jitter on top so that not all come back at once.
 *
 * @param tried how many tries were made, from 1
 * @param chance from 0 to below 1
 */
export function retryDelay(failure: HttpError, method: string, tried: number, chance: number): number | null {
	if (!IDEMPOTENT.has(method)) return null;
	const passing = failure.code === 'bad-status' ? PASSING_STATUSES.has(failure.status ?? 0) : PASSING_CODES.has(failure.code);
	if (!passing || LASTING_REASONS.has(failure.reason ?? '')) return null;
	if (failure.retryAfterMs !== undefined) return failure.retryAfterMs + chance * FIRST_BACKOFF_MS;
	return chance * Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** tried);
}

/** Retry-After as milliseconds from `now`: seconds or a date (RFC 9110 10.2.3). Undefined when it says nothing usable. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
	if (header === undefined) return undefined;
	const text = header.trim();
	if (/^\d{1,9}(\.\d{1,3})?$/.test(text)) return Number(text) * 1_000;
	const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
