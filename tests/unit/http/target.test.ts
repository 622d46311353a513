import { expect, test } from 'vitest';
import { hostOf, parseUrl, portOf, trustedAdmission, webAdmission } from '#lib/http/target.js';

const direct = { proxy: false };

test.each([
	'file:///etc/passwd',
	'gopher://x.test/',
	'ftp://x.test/',
	'data:text/plain,x',
	'javascript:1',
	'//x.test/',
	'x.test',
	'',
	'http://',
	'http://a b/'
])('%s is no address to ask', (url) => expect(() => parseUrl(url)).toThrow(expect.objectContaining({ code: 'invalid-url' })));

test('an address with a user name or a password in it is refused', () => {
	for (const url of ['http://name@x.test/', 'http://name:word@x.test/', 'https://:word@x.test/'])
		expect(() => parseUrl(url)).toThrow('invalid-url');
});

test('an address of 4,096 characters is taken, a longer one is not', () => {
	const start = 'http://x.test/';
	expect(parseUrl(start + 'a'.repeat(4_096 - start.length)).href).toHaveLength(4_096);
	expect(() => parseUrl(start + 'a'.repeat(4_097 - start.length))).toThrow('invalid-url');
});

test('the fragment stays here', () => {
	expect(parseUrl('https://x.test/a?b=c#secret').href).toBe('https://x.test/a?b=c');
});

test.each(['http://x.test/', 'https://x.test/', 'http://x.test:8080/', 'https://x.test:8443/', 'http://x.test:443/'])(
	'people may name %s',
	(url) => {
		expect(webAdmission(undefined)(new URL(url), { proxy: true })).toEqual({ checked: true, proxied: true });
	}
);

test.each([
	'http://x.test:22/',
	'http://x.test:6379/',
	'https://x.test:5432/',
	'http://localhost/',
	'http://localhost./',
	'http://a.localhost/'
])('people may not name %s', (url) =>
	expect(() => webAdmission(undefined)(new URL(url), direct)).toThrow(expect.objectContaining({ code: 'blocked-address' }))
);

test('the origin of the CDN, exactly, needs no check and goes straight', () => {
	const admit = webAdmission('http://127.0.0.1:4100/files');
	expect(admit(new URL('http://127.0.0.1:4100/a.png'), { proxy: true })).toEqual({ checked: false, proxied: false });
	expect(() => admit(new URL('http://127.0.0.1:4101/a.png'), direct)).toThrow('blocked-address');
	expect(() => admit(new URL('https://127.0.0.1:4100/a.png'), direct)).toThrow('blocked-address');
});

test('a CDN name in capitals is still that origin, and a longer name is not', () => {
	const admit = webAdmission('https://CDN.Discord.test');
	expect(admit(new URL('https://cdn.discord.test/a'), direct).checked).toBe(false);
	expect(admit(new URL('https://cdn.discord.test.evil.test/a'), direct).checked).toBe(true);
});

test('trusted means the configured origins alone', () => {
	const admit = trustedAdmission(['http://127.0.0.1:9/api/v1', 'https://api.test']);
	expect(admit(new URL('http://127.0.0.1:9/x'), direct)).toEqual({ checked: false, proxied: false });
	expect(admit(new URL('https://api.test/x'), { proxy: true })).toEqual({ checked: false, proxied: true });
	expect(() => admit(new URL('http://api.test/x'), direct)).toThrow('blocked-address');
});

test('a broken configured origin stops the start and is not quoted', () => {
	expect(() => trustedAdmission(['redis://user:canary@x'])).toThrow(/^A configured HTTP origin is not an http\(s\) address$/);
});

test('host and port are read from the address', () => {
	expect(hostOf(new URL('http://[2606:4700::1]:8080/'))).toBe('2606:4700::1');
	expect([portOf(new URL('http://x.test')), portOf(new URL('https://x.test')), portOf(new URL('http://x.test:8080'))]).toEqual([
		80, 443, 8080
	]);
});
