/** A proxy that failed is left out for this long, in milliseconds, while another is there. */
const REST_MS = 30_000;

/** One configured proxy. Its authorization goes to the proxy alone. */
export interface ProxyServer {
	/** Where it is in the list; what names it in logs, because its address may hold a password. */
	readonly index: number;
	readonly secure: boolean;
	readonly host: string;
	readonly port: number;
	readonly authorization: string | undefined;
}

/** @throws TypeError for what is no http(s) proxy, without quoting it. */
export function parseProxy(address: string, index: number): ProxyServer {
	const url = URL.parse(address.trim());
	if (url === null || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
		throw new TypeError(`Proxy ${index + 1} is not an http(s) address`);
	const secure = url.protocol === 'https:';
	const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
	return {
		index,
		secure,
		host: url.hostname.replace(/^\[|\]$/g, ''),
		port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
		authorization: url.username === '' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`
	};
}

/** A password with a bare percent sign is taken as it stands. */
function decoded(part: string): string {
	return /%(?![0-9a-f]{2})/i.test(part) ? part : decodeURIComponent(part);
}

/** Takes turns. Never answers "none" when some are configured: going direct instead would show our own address. */
export class ProxyRotation {
	readonly #proxies: readonly ProxyServer[];
	readonly #restsUntil = new Map<number, number>();
	readonly #now: () => number;
	#turn = 0;

	public constructor(addresses: readonly string[], now: () => number) {
		this.#proxies = addresses.map(parseProxy);
		this.#now = now;
	}

	/** The next in turn that works; when all rest, the next in turn. Null when none is configured. */
	public next(): ProxyServer | null {
		const now = this.#now();
		const inTurn = this.#proxies.map((_, step) => this.#proxies[(this.#turn + step) % this.#proxies.length]);
		const chosen = inTurn.find((proxy) => proxy !== undefined && (this.#restsUntil.get(proxy.index) ?? 0) <= now) ?? inTurn[0];
		if (chosen === undefined) return null;
		this.#turn = (chosen.index + 1) % this.#proxies.length;
		return chosen;
	}

	public failed(proxy: ProxyServer): void {
		this.#restsUntil.set(proxy.index, this.#now() + REST_MS);
	}

	public worked(proxy: ProxyServer): void {
		this.#restsUntil.delete(proxy.index);
	}
}
