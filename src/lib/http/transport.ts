import { Agent, type Dispatcher } from 'undici';
import { makeConnector } from './connector.js';
import { connectFailure } from './failures.js';
import type { Network } from './network.js';
import type { ProxyRotation, ProxyServer } from './proxies.js';
import type { Hop } from './request.js';
import type { Route } from './target.js';
import type { TlsSettings } from './tlsSettings.js';

/** How long an unused connection is kept, in milliseconds, and at most when the server wishes for longer. */
const KEEP_ALIVE_MS = 4_000;
const LONGEST_KEEP_ALIVE_MS = 10_000;

export interface Timeouts {
	/** To connect; the TLS handshake has the same again. Milliseconds, as all of these. */
	readonly connectTimeoutMs: number;
	/** To the end of the headers. */
	readonly headersTimeoutMs: number;
	/** Between two pieces of a body. */
	readonly bodyTimeoutMs: number;
}

export interface TransportOptions extends Timeouts {
	readonly network: Network;
	readonly tls: TlsSettings;
	readonly proxies: ProxyRotation;
}

/** Sends single requests. Each kind of route has connections of its own, so that none made without the check is used where it is due. */
export class Transport {
	readonly #agents = new Map<string, Agent>();
	readonly #options: TransportOptions;

	public constructor(options: TransportOptions) {
		this.#options = options;
	}

	/** @throws HttpError */
	public async send(hop: Hop, route: Route, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
		const { proxies, headersTimeoutMs, bodyTimeoutMs } = this.#options;
		const proxy = route.proxied ? proxies.next() : null;
		const { origin, pathname, search } = hop.url;
		try {
			const response = await this.#agent(route, proxy).request({
				origin,
				path: pathname + search,
				method: hop.method,
				headers: { ...hop.headers },
				body: hop.body ?? null,
				signal,
				headersTimeout: headersTimeoutMs,
				bodyTimeout: bodyTimeoutMs
			});
			if (proxy !== null) proxies.worked(proxy);
			return response;
		} catch (error) {
			const failure = connectFailure(error, origin);
			if (proxy !== null && failure.code === 'proxy-failed') proxies.failed(proxy);
			throw failure;
		}
	}

	public async close(): Promise<void> {
		const agents = [...this.#agents.values()];
		this.#agents.clear();
		await Promise.all(agents.map((agent) => agent.destroy()));
	}

	#agent({ checked }: Route, proxy: ProxyServer | null): Agent {
		const key = `${checked ? 'checked' : 'open'} ${proxy?.index ?? 'direct'}`;
		const known = this.#agents.get(key);
		if (known !== undefined) return known;
		const { network, tls, connectTimeoutMs } = this.#options;
		const agent = new Agent({
			connect: makeConnector({ network, tls, timeoutMs: connectTimeoutMs, checked, proxy }),
			keepAliveTimeout: KEEP_ALIVE_MS,
			keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS
		});
		this.#agents.set(key, agent);
		return agent;
	}
}
