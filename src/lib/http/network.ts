import { Resolver } from 'node:dns/promises';
import { connect, isIP, type LookupFunction, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Where a socket is opened to. With `addresses`, to one of these and nowhere else. */
export interface Endpoint {
	readonly host: string;
	readonly port: number;
	readonly addresses?: readonly string[];
}

/** The operating system's network, as a port: tests give answers of their own. */
export interface Network {
	/** All IPv4 and IPv6 addresses of a name, IPv4 first. Rejects when it has none. */
	resolve(host: string): Promise<readonly string[]>;
	/** A socket that is connecting. */
	open(endpoint: Endpoint): Socket;
	/** The addresses of this machine. */
	ownAddresses(): readonly string[];
}

/** Milliseconds for one DNS question, and how often it is asked. */
const DNS_TIMEOUT_MS = 2_000;
const DNS_TRIES = 2;

/** `nameServers` (`address:port`) instead of those of the system. */
export function systemNetwork(nameServers?: readonly string[]): Network {
	return {
		// Not `dns.lookup`: it occupies one of four threads, so a slow name server chosen by a stranger would hold up all file work.
		async resolve(host) {
			const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: DNS_TRIES });
			if (nameServers !== undefined) resolver.setServers(nameServers);
			const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
			const addresses = [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
			if (addresses.length === 0 && four.status === 'rejected') throw four.reason;
			return addresses;
		},
		open({ host, port, addresses }) {
			if (addresses === undefined) return connect({ host, port, autoSelectFamily: true });
			const [only] = addresses;
			if (addresses.length === 1 && only !== undefined) return connect({ host: only, port });
			return connect({ host, port, autoSelectFamily: true, lookup: answering(addresses) });
		},
		ownAddresses: () => Object.values(networkInterfaces()).flatMap((list) => list?.map(({ address }) => address) ?? [])
	};
}

/** A look-up that gives the addresses already checked, so that no second question can get another answer. */
function answering(addresses: readonly string[]): LookupFunction {
	const records = addresses.map((address) => ({ address, family: isIP(address) }));
	return (_host, options, callback) => {
		const [first] = records;
		if (first === undefined) return callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '');
		if (options.all) return callback(null, records);
		return callback(null, first.address, first.family);
	};
}
