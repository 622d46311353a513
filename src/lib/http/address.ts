import ipaddr from 'ipaddr.js';

/** What the internet routes to today (RFC 4291 2.4, IANA IPv6 address space): the rest holds embedded IPv4 in old forms, ::127.0.0.1 for one. */
const GLOBAL_UNICAST_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** Looks public, but answers only inside Azure machines, with their settings (learn.microsoft.com, "What is IP address 168.63.129.16?"). */
const AZURE_WIRE_SERVER = '168.63.129.16';

/**
 * True for an address on the public internet. Everything else is false: loopback, private, link-local, shared, multicast, reserved,
 * documentation, and IPv6 that carries an IPv4 address (mapped, 6to4, Teredo, NAT64), because the carried one is where it goes.
 */
export function isPublicAddress(address: string): boolean {
	if (!ipaddr.isValid(address) || address.includes('%')) return false;
	const parsed = ipaddr.parse(address);
	if (parsed.range() !== 'unicast') return false;
	if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_UNICAST_IPV6);
	return parsed.toString() !== AZURE_WIRE_SERVER;
}

/** One spelling for each address, so that two can be compared. Null for what is no address. */
export function canonicalAddress(address: string): string | null {
	return ipaddr.isValid(address) ? ipaddr.parse(address).toNormalizedString() : null;
}
