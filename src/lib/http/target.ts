import { isIP } from 'node:net';
import { HttpError } from './errors.js';

/** Longer addresses are refused: browsers and Discord stop near here too. */
const LONGEST_URL = 4_096;

/** Ports that web sites use; anything else at a stranger's wish would be a port scan. */
const WEB_PORTS = new Set(['', '80', '443', '8080', '8443']);

/** Through what a request goes. `checked`: only to public addresses. */
export interface Route {
	readonly checked: boolean;
	readonly proxied: boolean;
}

/** Says which addresses a client may ask, and how. Throws `HttpError` for the others; asked again for each redirect. */
export type Admission = (url: URL, wish: { readonly proxy: boolean }) => Route;

/** @throws HttpError `invalid-url` for anything but http(s) without user name and password. */
export function parseUrl(input: string | URL, base?: URL): URL {
	const text = String(input);
	const url = text.length <= LONGEST_URL ? URL.parse(text, base?.href) : null;
	if (url === null || !isHttp(url) || url.hostname === '' || url.username !== '' || url.password !== '') throw new HttpError('invalid-url');
	url.hash = '';
	return url;
}

/** For addresses that come from people: public hosts on the ports of the web, and the one exact origin of the configured CDN. */
export function webAdmission(cdnOrigin: string | undefined): Admission {
	const cdn = cdnOrigin === undefined ? undefined : originOf(cdnOrigin);
	return (url, { proxy }) => {
		if (url.origin === cdn) return { checked: false, proxied: false };
		if (!WEB_PORTS.has(url.port) || isLocalName(url)) throw new HttpError('blocked-address', { origin: url.origin });
		return { checked: true, proxied: proxy };
	};
}

/** For configured origins, which may be on this machine: exactly these, also after a redirect. */
export function trustedAdmission(origins: Iterable<string>): Admission {
	const trusted = new Set(Array.from(origins, originOf));
	return (url, { proxy }) => {
		if (!trusted.has(url.origin)) throw new HttpError('blocked-address', { origin: url.origin });
		return { checked: false, proxied: proxy };
	};
}

/** The host as a name or a bare address: URL puts IPv6 into brackets. */
export function hostOf(url: URL): string {
	return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
	return url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
}

function isHttp(url: URL): boolean {
	return url.protocol === 'http:' || url.protocol === 'https:';
}

/** RFC 6761: always this machine, whatever a name server says. */
function isLocalName(url: URL): boolean {
	return isIP(hostOf(url)) === 0 && /(^|\.)localhost\.?$/.test(url.hostname);
}

function originOf(configured: string): string {
	const url = URL.parse(configured);
	// The value is not quoted: a configured address may hold a key.
	if (url === null || !isHttp(url)) throw new TypeError('A configured HTTP origin is not an http(s) address');
	return url.origin;
}
