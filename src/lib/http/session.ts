import { collect } from './body.js';
import type { BytesAnswer, BytesOptions, DownloadAnswer, HttpClient, Schema } from './client.js';
import { Deadline } from './deadline.js';
import { HttpError } from './errors.js';
import { type Answer, exchange } from './exchange.js';
import { bodyFailure } from './failures.js';
import { writeFile } from './file.js';
import { type LaneLimits, Lanes } from './lanes.js';
import { mediaTypeOf, ofType } from './mediaType.js';
import { firstHop, type RequestOptions } from './request.js';
import { retryDelay } from './retry.js';
import type { Admission } from './target.js';
import { decodeText } from './text.js';
import type { Timing } from './timing.js';
import { type Timeouts, Transport, type TransportOptions } from './transport.js';

/** The most that is held in memory, and the most that is written to a file, in bytes. */
export const MOST_IN_MEMORY = 25_000_000;
export const MOST_IN_FILE = 500_000_000;

export interface ClientLimits extends LaneLimits, Timeouts {
	/** For a request with its redirects and retries, in milliseconds; the second for downloads to a file. */
	readonly totalTimeoutMs: number;
	readonly downloadTimeoutMs: number;
	/** Tries after the first. */
	readonly retries: number;
}

export interface SessionOptions extends TransportOptions {
	readonly admit: Admission;
	readonly limits: ClientLimits;
	readonly timing: Timing;
	readonly userAgent: string;
	/** Whether a request goes through a proxy when it does not say. */
	readonly proxy: boolean;
}

interface Reading<T> {
	readonly accept: string;
	readonly maxBytes: number;
	readonly timeoutMs: number;
	readonly read: (answer: Answer, signal: AbortSignal) => Promise<T>;
}

export class HttpSession implements HttpClient {
	readonly #options: SessionOptions;
	readonly #transport: Transport;
	readonly #lanes: Lanes;
	readonly #closing = new AbortController();

	public constructor(options: SessionOptions) {
		this.#options = options;
		this.#transport = new Transport(options);
		this.#lanes = new Lanes(options.limits, () => options.timing.now());
	}

	public async json(url: string | URL, options?: RequestOptions): Promise<unknown>;
	public async json<T>(url: string | URL, options: RequestOptions & { readonly schema: Schema<T> }): Promise<T>;
	public async json<T>(url: string | URL, options: RequestOptions & { readonly schema?: Schema<T> } = {}): Promise<unknown> {
		return this.#request(url, options, {
			...this.#inMemory('application/json, */*;q=0.1'),
			read: async (answer) => {
				const value: unknown = JSON.parse((await collect(answer.chunks)).toString('utf8').replace(/^\uFEFF/, ''));
				return options.schema === undefined ? value : options.schema.parse(value);
			}
		});
	}

	public async text(url: string | URL, options: RequestOptions = {}): Promise<string> {
		return this.#request(url, options, {
			...this.#inMemory('text/html, text/plain, */*;q=0.5'),
			read: async (answer) => decodeText(await collect(answer.chunks), answer.contentType)
		});
	}

	public async bytes(url: string | URL, options: BytesOptions = {}): Promise<BytesAnswer> {
		return this.#request(url, options, {
			...this.#inMemory(options.types?.join(', ') ?? '*/*'),
			read: async ({ status, contentType, url: from, chunks }) => {
				const bytes = await collect(options.types === undefined ? chunks : ofType(chunks, options.types));
				return { bytes, status, contentType, mediaType: mediaTypeOf(bytes), url: from };
			}
		});
	}

	public async download(url: string | URL, path: string, options: BytesOptions = {}): Promise<DownloadAnswer> {
		return this.#request(url, options, {
			accept: options.types?.join(', ') ?? '*/*',
			maxBytes: MOST_IN_FILE,
			timeoutMs: this.#options.limits.downloadTimeoutMs,
			read: async ({ status, contentType, url: from, chunks }, signal) => {
				const size = await writeFile(options.types === undefined ? chunks : ofType(chunks, options.types), path, signal);
				return { size, status, contentType, url: from };
			}
		});
	}

	/** Takes no more requests and ends those under way, which reject with `closed`. May be called twice. */
	public async close(): Promise<void> {
		this.#closing.abort();
		await this.#transport.close();
	}

	#inMemory(accept: string) {
		return { accept, maxBytes: MOST_IN_MEMORY, timeoutMs: this.#options.limits.totalTimeoutMs };
	}

	async #request<T>(url: string | URL, options: RequestOptions, { accept, maxBytes, timeoutMs, read }: Reading<T>): Promise<T> {
		const { admit, timing, userAgent, proxy, limits } = this.#options;
		const hop = firstHop(url, options, { accept, userAgent });
		const deadline = new Deadline({ timeoutMs: options.timeoutMs ?? timeoutMs, signal: options.signal, closing: this.#closing.signal });
		const how = {
			deadline,
			proxy: options.proxy ?? proxy,
			maxBytes: Math.min(options.maxBytes ?? maxBytes, maxBytes),
			statuses: options.statuses ?? []
		};
		const parts = { admit, lanes: this.#lanes, transport: this.#transport, timing };
		try {
			for (let tried = 1; ; tried++) {
				try {
					deadline.signal.throwIfAborted();
					return await exchange(hop, how, (answer) => read(answer, deadline.signal), parts);
				} catch (error) {
					// What is thrown while reading is about the body: broken JSON, a schema that does not fit.
					const failure = this.#failure(error, deadline, hop.url.origin);
					const delay = tried > (options.retries ?? limits.retries) ? null : retryDelay(failure, hop.method, tried, timing.random());
					if (delay === null || delay >= deadline.remainingMs) throw failure;
					await timing.wait(delay, deadline.signal);
				}
			}
		} catch (error) {
			throw this.#failure(error, deadline, hop.url.origin);
		} finally {
			deadline.end();
		}
	}

	#failure(error: unknown, deadline: Deadline, origin: string): HttpError {
		const { failure } = deadline;
		return failure === undefined ? bodyFailure(error, origin) : new HttpError(failure.code, { origin });
	}
}
