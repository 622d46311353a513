import { expect, test, vi } from 'vitest';
import { idsOf, memberKey, notLoaded, PersonSet } from '#lib/settings/personSet.js';

function make(rows: Record<string, string> = {}) {
	const stored = new Map(Object.entries(rows));
	const source = {
		readAll: vi.fn(async (): Promise<ReadonlyMap<string, string>> => new Map(stored)),
		read: vi.fn(async (key: string): Promise<string | null> => stored.get(key) ?? null)
	};
	return { stored, source, set: new PersonSet<string>(source) };
}

test('before it is loaded nothing is known, not even absence', () => {
	const { set } = make({ ana: '!' });
	expect(set.get('ana')).toBe(notLoaded);
	expect(set.get('nobody')).toBe(notLoaded);
	expect(set.getOr('ana', 'unknown')).toBe('unknown');
});

test('once it is loaded absence is an answer that costs no query', async () => {
	const { set, source } = make({ ana: '!' });
	await set.load();
	expect([set.get('ana'), set.get('nobody'), set.getOr('nobody', 'unknown')]).toEqual(['!', null, null]);
	expect([source.readAll.mock.calls.length, source.read.mock.calls.length]).toEqual([1, 0]);
});

test('a load that fails keeps what was known before', async () => {
	const { set, source } = make({ ana: '!' });
	await set.load();
	source.readAll.mockRejectedValueOnce(new Error('away'));
	await expect(set.load()).rejects.toThrow('away');
	expect(set.get('ana')).toBe('!');
});

test('a changed key is read anew: set, replaced and removed', async () => {
	const { set, stored } = make({ ana: '!' });
	await set.load();
	stored.set('ana', '?');
	await set.evict('ana');
	expect(set.get('ana')).toBe('?');
	stored.set('bea', '+');
	await set.evict('bea');
	expect(set.get('bea')).toBe('+');
	stored.delete('ana');
	await set.evict('ana');
	expect(set.get('ana')).toBeNull();
});

test('a key that was changed and could not be read is not known, the others are', async () => {
	const { set, source, stored } = make({ ana: '!', bea: '+' });
	await set.load();
	stored.set('ana', '?');
	source.read.mockRejectedValueOnce(new Error('away'));
	await expect(set.evict('ana')).rejects.toThrow('away');
	expect([set.get('ana'), set.isUnknown('ana'), set.get('bea')]).toEqual([notLoaded, true, '+']);
	await set.evict('ana');
	expect([set.get('ana'), set.isUnknown('ana')]).toEqual(['?', false]);
});

test('of two reads of one key the later one counts, also when the earlier ends last', async () => {
	const { set, source } = make();
	await set.load();
	const { promise: slow, resolve: endSlow } = Promise.withResolvers<string>();
	source.read.mockReturnValueOnce(slow);
	source.read.mockResolvedValueOnce('new');
	const early = set.evict('ana');
	await set.evict('ana');
	endSlow('old');
	await early;
	expect(set.get('ana')).toBe('new');
});

test('the late failure of an old read does not make a key unknown that was read after it', async () => {
	const { set, source } = make();
	await set.load();
	const { promise: slow, reject: failSlow } = Promise.withResolvers<string>();
	source.read.mockReturnValueOnce(slow);
	source.read.mockResolvedValueOnce('new');
	const early = set.evict('ana');
	await set.evict('ana');
	failSlow(new Error('away'));
	await expect(early).rejects.toThrow('away');
	expect(set.get('ana')).toBe('new');
});

test('a change during the load is not overwritten by what the load saw before it', async () => {
	const { set, source, stored } = make();
	const { promise: slow, resolve: endSlow } = Promise.withResolvers<ReadonlyMap<string, string>>();
	source.readAll.mockReturnValueOnce(slow);
	const loading = set.load();
	stored.set('ana', 'new');
	await set.evict('ana');
	await set.evict('gone');
	endSlow(
		new Map([
			['ana', 'old'],
			['gone', 'old'],
			['bea', 'same']
		])
	);
	await loading;
	expect([set.get('ana'), set.get('gone'), set.get('bea')]).toEqual(['new', null, 'same']);
});

test('after everything was dropped nothing is known, and neither a load nor a read from before brings it back', async () => {
	const { set, source } = make();
	const all = Promise.withResolvers<ReadonlyMap<string, string>>();
	const one = Promise.withResolvers<string>();
	source.readAll.mockReturnValueOnce(all.promise);
	source.read.mockReturnValueOnce(one.promise);
	const loading = set.load();
	const reading = set.evict('ana');
	set.evictAll();
	all.resolve(new Map([['ana', 'old']]));
	one.resolve('old');
	await Promise.all([loading, reading]);
	expect(set.get('ana')).toBe(notLoaded);
	await set.load();
	expect(set.get('ana')).toBeNull();
});

test('a key of a person in a server is taken apart again', () => {
	expect(idsOf(memberKey('1', '2'))).toEqual({ guildId: '1', userId: '2' });
});
