import { isIP, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { canonicalAddress, isPublicAddress } from './address.js';
import { HttpError, reasonOf } from './errors.js';
import { connectFailure } from './failures.js';
import type { Network } from './network.js';
import type { ProxyServer } from './proxies.js';
import type { TlsSettings } from './tlsSettings.js';
import { openTunnel } from './tunnel.js';

/** Of several checked addresses, a proxy is asked for so many, one after the other. */
const TRIED_THROUGH_PROXY = 3;

export interface ConnectorOptions {
	readonly network: Network;
	readonly tls: TlsSettings;
	/** Milliseconds for each of: connecting, and the TLS handshake. */
	readonly timeoutMs: number;
	/** Only to public addresses. */
	readonly checked: boolean;
	readonly proxy: ProxyServer | null;
}

/**
 * Opens connections for undici. The check happens here, at the one place where sockets are made, on the very addresses that are
 * then connected to: no time passes in which a name could change its answer, and a kept connection stays at a checked address.
 */
export function makeConnector(options: ConnectorOptions): buildConnector.connector {
	// Sessions are not kept: undici files them under the host's name, which two routes may share.
	const secure = buildConnector({ ...options.tls, timeout: options.timeoutMs, maxCachedSessions: 0 });
	return (target, callback) => {
		const origin = `${target.protocol}//${target.host ?? target.hostname}`;
		reach(target, options).then(
			(socket) => (target.protocol === 'https:' ? secure({ ...target, httpSocket: socket }, callback) : callback(null, socket)),
			(error) => callback(connectFailure(error, origin), null)
		);
	};
}

/**
 * The addresses of a host, when all of them are public: one private address among public ones is how a name is aimed at us.
 *
 * @throws HttpError `blocked-address`
 */
export async function checkedAddresses(host: string, network: Network): Promise<readonly string[]> {
	const addresses = isIP(host) === 0 ? await resolved(host, network) : [host];
	if (addresses.length === 0) throw new HttpError('unknown-host');
	const own = new Set(network.ownAddresses().map(canonicalAddress));
	if (!addresses.every((address) => isPublicAddress(address) && !own.has(canonicalAddress(address))))
		throw new HttpError('blocked-address');
	return addresses;
}

async function resolved(host: string, network: Network): Promise<readonly string[]> {
	try {
		return await network.resolve(host);
	} catch (error) {
		throw new HttpError('unknown-host', { reason: reasonOf(error) });
	}
}

async function reach({ hostname, port, protocol }: buildConnector.Options, options: ConnectorOptions): Promise<Socket> {
	const { network, proxy, timeoutMs } = options;
	const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
	const addresses = options.checked ? await checkedAddresses(hostname, network) : undefined;
	if (proxy !== null) return tunnel(proxy, addresses ?? [hostname], number, options);
	return connected(network.open({ host: hostname, port: number, ...(addresses === undefined ? {} : { addresses }) }), timeoutMs);
}

async function tunnel(proxy: ProxyServer, hosts: readonly string[], port: number, options: ConnectorOptions): Promise<Socket> {
	let failure: unknown = new HttpError('proxy-failed');
	for (const host of hosts.slice(0, TRIED_THROUGH_PROXY)) {
		try {
			const socket = await openTunnel(proxy, host, port, options);
			if (socket instanceof Socket) return socket;
			socket.destroy();
		} catch (error) {
			failure = error;
		}
	}
	throw failure;
}

function connected(socket: Socket, timeoutMs: number): Promise<Socket> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => socket.destroy(Object.assign(new Error('connect'), { code: 'ETIMEDOUT' })), timeoutMs);
		const failed = (error: Error) => {
			clearTimeout(timer);
			reject(error);
		};
		socket.setNoDelay(true).once('error', failed);
		socket.once('connect', () => {
			clearTimeout(timer);
			socket.off('error', failed);
			resolve(socket);
		});
	});
}
