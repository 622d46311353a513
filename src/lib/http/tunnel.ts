import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HttpError, reasonOf } from './errors.js';
import type { ProxyServer } from './proxies.js';
import type { TlsSettings } from './tlsSettings.js';

export interface TunnelOptions {
	readonly timeoutMs: number;
	readonly tls: TlsSettings;
}

/**
 * Asks a proxy for a way to `host`:`port` (RFC 9110 9.3.6). For an address of a stranger `host` is the checked IP address,
 * so that the proxy has nothing left to look up.
 *
 * @throws HttpError `proxy-failed`
 */
export function openTunnel(proxy: ProxyServer, host: string, port: number, { timeoutMs, tls }: TunnelOptions): Promise<Duplex> {
	const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
	return new Promise((resolve, reject) => {
		const failed = (reason: string | undefined, status?: number) => reject(new HttpError('proxy-failed', { reason, status }));
		const request = (proxy.secure ? tlsRequest : plainRequest)({
			...tls,
			agent: false,
			method: 'CONNECT',
			host: proxy.host,
			port: proxy.port,
			path: authority,
			headers: { host: authority, ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }) }
		});
		const timer = setTimeout(() => request.destroy(Object.assign(new Error('proxy'), { code: 'ETIMEDOUT' })), timeoutMs);
		request.once('connect', (response, socket: Socket, head) => {
			clearTimeout(timer);
			// Nobody has asked the host anything yet, so bytes that already follow are the proxy's own.
			if (response.statusCode !== 200 || head.length > 0) {
				socket.destroy();
				return failed(undefined, response.statusCode);
			}
			return resolve(socket);
		});
		// An answer without an upgrade: the other side is no proxy.
		request.once('response', (response) => {
			clearTimeout(timer);
			response.destroy();
			failed(undefined, response.statusCode);
		});
		request.once('error', (error) => {
			clearTimeout(timer);
			failed(reasonOf(error));
		});
		request.end();
	});
}
