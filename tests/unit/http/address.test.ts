import { expect, test } from 'vitest';
import { isPublicAddress } from '#lib/http/address.js';

test.each([
	'8.8.8.8',
	'93.184.216.34',
	'1.1.1.1',
	'172.15.255.255',
	'172.32.0.1',
	'100.63.255.255',
	'100.128.0.1',
	'2606:4700:4700::1111',
	'2a00:1450::1'
])('%s is on the public internet', (address) => expect(isPublicAddress(address)).toBe(true));

test.each([
	['loopback', ['127.0.0.1', '127.1.2.3', '127.255.255.255', '::1']],
	['this host', ['0.0.0.0', '0.1.2.3', '::']],
	['private', ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254', 'fec0::1']],
	['shared by a carrier', ['100.64.0.1', '100.100.100.200', '100.127.255.255']],
	['link-local, cloud settings among it', ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0']],
	['settings of a cloud at a public-looking address', ['168.63.129.16', '192.0.0.192']],
	['multicast and broadcast', ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1']],
	[
		'reserved, benchmark and documentation',
		['192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '240.0.0.1', '2001:db8::1', '3fff::1', '100::1', '2001:2::1']
	],
	['IPv4 within IPv6, mapped', ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::ffff:0:127.0.0.1']],
	['IPv4 within IPv6, the old compatible form', ['::127.0.0.1', '::7f00:1', '::a9fe:a9fe']],
	['IPv4 within IPv6, 6to4, Teredo and NAT64', ['2002:7f00:1::1', '2001:0:7f00:1::', '64:ff9b::127.0.0.1', '64:ff9b:1::a00:1']],
	['outside of what the internet routes to', ['4000::1', '5f00::1', '1::1']],
	['no address at all', ['', 'localhost', '1.2.3.4.5', '127.0.0.1:80', '12345::']]
])('%s is not public', (_, addresses) => {
	expect(addresses.filter(isPublicAddress)).toEqual([]);
});
