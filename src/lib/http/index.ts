import type { HttpClient } from './client.js';
import { type Network, systemNetwork } from './network.js';
import { ProxyRotation } from './proxies.js';
import { type ClientLimits, HttpSession } from './session.js';
import { type Admission, trustedAdmission, webAdmission } from './target.js';
import { systemTiming, type Timing } from './timing.js';
import { tlsSettings } from './tlsSettings.js';

export type { BytesAnswer, BytesOptions, DownloadAnswer, HttpClient, Schema } from './client.js';
export { HttpError, type HttpErrorCode } from './errors.js';
export { type MediaType, mediaTypeOf } from './mediaType.js';
export type { Endpoint, Network } from './network.js';
export type { RequestBody, RequestOptions } from './request.js';
export type { ClientLimits } from './session.js';
export type { Timing } from './timing.js';

export interface HttpOptions {
	/** http(s) proxies that speak CONNECT; they take turns. */
	readonly proxies: readonly string[];
	/** Where attachments and avatars lie: the one origin that `web` may ask without a check, because it may be on this machine. */
	readonly discordCdnOrigin?: string | undefined;
	/** All that `trusted` may ask. */
	readonly trustedOrigins: readonly string[];
	readonly userAgent: string;
	/** Certificate authorities (PEM) that are good besides the public ones. */
	readonly certificateAuthorities?: readonly string[];
	readonly limits?: { readonly web?: Partial<ClientLimits>; readonly trusted?: Partial<ClientLimits> };
	readonly network?: Network;
	readonly timing?: Timing;
}

export interface Http {
	/** For every address that comes from a person: public hosts only, through the proxies when there are any. */
	readonly web: HttpClient;
	/** For the origins of our own configuration, straight. */
	readonly trusted: HttpClient;
	close(): Promise<void>;
}

const WEB_LIMITS: ClientLimits = {
	concurrency: 32,
	perHost: 6,
	perHostPerSecond: 20,
	connectTimeoutMs: 4_000,
	headersTimeoutMs: 8_000,
	bodyTimeoutMs: 5_000,
	totalTimeoutMs: 10_000,
	downloadTimeoutMs: 300_000,
	retries: 2
};

/** An interface may think longer than a page. */
const TRUSTED_LIMITS: ClientLimits = {
	...WEB_LIMITS,
	perHost: 16,
	perHostPerSecond: 50,
	headersTimeoutMs: 15_000,
	bodyTimeoutMs: 10_000,
	totalTimeoutMs: 30_000
};

/**
 * The one way out to other servers but Discord's own interface.
 *
 * @throws TypeError when a proxy or an origin of the configuration is no http(s) address
 */
export function createHttp(options: HttpOptions): Http {
	const network = options.network ?? systemNetwork();
	const timing = options.timing ?? systemTiming;
	const proxies = new ProxyRotation(options.proxies, () => timing.now());
	const tls = tlsSettings(options.certificateAuthorities ?? []);
	const session = (admit: Admission, limits: ClientLimits, proxy: boolean) =>
		new HttpSession({ ...limits, limits, admit, network, timing, proxies, tls, proxy, userAgent: options.userAgent });

	const web = session(webAdmission(options.discordCdnOrigin), { ...WEB_LIMITS, ...options.limits?.web }, true);
	const trusted = session(trustedAdmission(options.trustedOrigins), { ...TRUSTED_LIMITS, ...options.limits?.trusted }, false);
	return {
		web,
		trusted,
		async close() {
			await Promise.all([web.close(), trusted.close()]);
		}
	};
}
