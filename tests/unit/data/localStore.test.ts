import { expect, test } from 'vitest';
import { LocalStore } from '#lib/data/keyValue/localStore.js';
import { isRedisAway } from '#lib/data/keyValue/redisConnection.js';

test('when it is full the key least recently used goes first', () => {
	const store = new LocalStore(2);
	store.set('a', '1');
	store.set('b', '2');
	store.get('a');
	store.set('c', '3');
	expect([store.get('a'), store.get('b'), store.get('c')]).toEqual(['1', undefined, '3']);
});

test('a value lives exactly its time', () => {
	let now = 1_000;
	const store = new LocalStore(10, () => now);
	store.set('a', '1', 100);
	now += 99;
	expect(store.get('a')).toBe('1');
	now += 2;
	expect(store.get('a')).toBeUndefined();
});

test('later adds do not prolong a counter, and it starts at nothing when its time is over', () => {
	let now = 1_000;
	const store = new LocalStore(10, () => now);
	expect(store.increment('a', 2, 100)).toBe(2);
	now += 90;
	expect(store.increment('a', 2, 100)).toBe(4);
	now += 11;
	expect(store.increment('a', 2, 100)).toBe(2);
});

test.each([
	['LOADING Redis is loading the dataset in memory', true],
	["OOM command not allowed when used memory > 'maxmemory'", true],
	['WRONGTYPE Operation against a key holding the wrong kind of value', false],
	['ERR value is not an integer or out of range', false]
])('an answer "%s" means away: %s', (message, away) => {
	const error = new Error(message);
	error.name = 'ReplyError';
	expect(isRedisAway(error)).toBe(away);
});

test('a broken connection means away, a thing that is no error does not', () => {
	expect(isRedisAway(new Error('connect ECONNREFUSED'))).toBe(true);
	expect(isRedisAway('text')).toBe(false);
});
