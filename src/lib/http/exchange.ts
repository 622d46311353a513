import { discard, readBody } from './body.js';
import type { Deadline } from './deadline.js';
import { HttpError } from './errors.js';
import type { Lanes } from './lanes.js';
import { isRedirect, nextHop } from './redirect.js';
import type { Hop } from './request.js';
import { retryAfterMs } from './retry.js';
import type { Admission } from './target.js';
import type { Timing } from './timing.js';
import type { Transport } from './transport.js';

/** The standard's recommendation is five and browsers take twenty; three are plenty for a picture. */
const MOST_REDIRECTS = 3;

/** An answer whose body is still to be read. */
export interface Answer {
	readonly status: number;
	readonly contentType: string | undefined;
	readonly url: URL;
	readonly chunks: AsyncIterable<Buffer>;
}

export interface Exchange {
	readonly deadline: Deadline;
	readonly proxy: boolean;
	readonly maxBytes: number;
	readonly statuses: readonly number[];
}

export interface ExchangeParts {
	readonly admit: Admission;
	readonly lanes: Lanes;
	readonly transport: Transport;
	readonly timing: Timing;
}

/**
 * One try: the request, its redirects, and `read` over the answer. Each hop is admitted anew, waits in the line of its own host,
 * and keeps its place there until its body is read.
 */
export async function exchange<T>(first: Hop, how: Exchange, read: (answer: Answer) => Promise<T>, parts: ExchangeParts): Promise<T> {
	let hop = first;
	for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
		const outcome = await oneHop(hop, how, read, parts);
		if ('value' in outcome) return outcome.value;
		hop = outcome.next;
	}
	throw new HttpError('too-many-redirects', { origin: hop.url.origin });
}

async function oneHop<T>(
	hop: Hop,
	how: Exchange,
	read: (answer: Answer) => Promise<T>,
	parts: ExchangeParts
): Promise<{ value: T } | { next: Hop }> {
	const { admit, lanes, transport, timing } = parts;
	const { url } = hop;
	const { origin } = url;
	const { signal } = how.deadline;
	const route = admit(url, how);

	await pausePassed(url.host, how.deadline, parts, origin);
	return lanes.run(url.host, signal, async () => {
		const { statusCode: status, headers, body } = await transport.send(hop, route, signal);
		const location = single(headers.location);
		if (isRedirect(status) && location !== undefined && !how.statuses.includes(status)) {
			discard(body);
			return { next: nextHop(hop, status, location) };
		}
		if ((status < 200 || status > 299) && !how.statuses.includes(status)) {
			discard(body);
			const pause = retryAfterMs(single(headers['retry-after']), timing.now());
			if (pause !== undefined && (status === 429 || status === 503)) lanes.pause(url.host, pause);
			throw new HttpError('bad-status', { origin, status, retryAfterMs: pause });
		}
		const encoding = single(headers['content-encoding']);
		const contentLength = hop.method === 'HEAD' ? undefined : single(headers['content-length']);
		const chunks = readBody({ stream: body, encoding: hop.method === 'HEAD' ? undefined : encoding, contentLength, origin }, how.maxBytes);
		try {
			return { value: await read({ status, contentType: single(headers['content-type']), url, chunks }) };
		} finally {
			discard(body);
		}
	});
}

/** A host that asked to be left alone is left alone by all requests, not only by the one it told. */
async function pausePassed(host: string, deadline: Deadline, { lanes, timing }: ExchangeParts, origin: string): Promise<void> {
	const pause = lanes.pauseOf(host);
	if (pause === 0) return;
	if (pause >= deadline.remainingMs) throw new HttpError('rate-limited', { origin, retryAfterMs: pause });
	await timing.wait(pause, deadline.signal);
}

function single(header: string | string[] | undefined): string | undefined {
	return Array.isArray(header) ? header[0] : header;
}
