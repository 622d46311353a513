import { expect, test } from 'vitest';
import { ProxyRotation, parseProxy } from '#lib/http/proxies.js';

const three = ['http://a.test:1', 'http://b.test:2', 'http://c.test:3'];

test('proxies take turns', () => {
	const rotation = new ProxyRotation(three, () => 0);
	expect([1, 2, 3, 4].map(() => rotation.next()?.host)).toEqual(['a.test', 'b.test', 'c.test', 'a.test']);
});

test('one that failed rests for half a minute', () => {
	let now = 0;
	const rotation = new ProxyRotation(three, () => now);
	const first = rotation.next();
	if (first !== null) rotation.failed(first);
	expect([1, 2, 3].map(() => rotation.next()?.host)).toEqual(['b.test', 'c.test', 'b.test']);
	now = 30_000;
	expect([1, 2].map(() => rotation.next()?.host)).toEqual(['c.test', 'a.test']);
});

test('one that works again rests no more', () => {
	const rotation = new ProxyRotation(three.slice(0, 2), () => 0);
	const first = rotation.next();
	if (first === null) throw new Error('no proxy');
	rotation.failed(first);
	rotation.worked(first);
	expect([1, 2].map(() => rotation.next()?.host)).toEqual(['b.test', 'a.test']);
});

test('when all rest one is tried all the same: going straight would show our address', () => {
	const rotation = new ProxyRotation(three, () => 0);
	for (let i = 0; i < 3; i++) {
		const proxy = rotation.next();
		if (proxy !== null) rotation.failed(proxy);
	}
	expect(rotation.next()?.host).toBe('a.test');
});

test('without proxies there is none', () => expect(new ProxyRotation([], () => 0).next()).toBeNull());

test('user name and password become an authorization of their own', () => {
	expect(parseProxy(' https://us%40er:p%3Ass@p.test ', 0)).toEqual({
		index: 0,
		secure: true,
		host: 'p.test',
		port: 443,
		authorization: `Basic ${Buffer.from('us@er:p:ss').toString('base64')}`
	});
	expect(parseProxy('http://p.test', 0)).toMatchObject({ port: 80, authorization: undefined });
});

test.each(['socks5://user:canary@x.test:1', 'canary', 'http://%canary:x@'])(
	'a broken proxy stops the start and is not quoted: %s',
	(address) => {
		expect(() => new ProxyRotation([address], () => 0)).toThrow(/^Proxy 1 is not an http\(s\) address$/);
	}
);
