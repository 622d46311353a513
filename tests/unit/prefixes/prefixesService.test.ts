import { describe, expect, test } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { CachedSettings } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { type GuildPrefixSettings, PrefixesService } from '#modules/prefixes/service.js';
import { FakeClock } from '../../support/fakeClock.js';
import { PrefixesInMemory } from '../../support/prefixesInMemory.js';

async function make() {
	const repository = new PrefixesInMemory();
	const guilds = new CachedSettings<GuildPrefixSettings, readonly string[]>({
		defaults: { prefix: ';' },
		derive: ({ prefix }) => [prefix],
		source: {
			read: async (guildId) => {
				const prefix = await repository.guildPrefix(guildId);
				return prefix === null ? null : { prefix };
			},
			readMany: async () => new Map()
		}
	});
	const selves = new PersonSet<string>({ readAll: repository.selfPrefixes, read: repository.selfPrefix });
	repository.onChange = (slot, key) => (slot === 'guild' ? guilds.evict(key) : selves.evict(key));
	await selves.load();
	const clock = new FakeClock();
	return { repository, guilds, selves, clock, service: new PrefixesService({ repository, guilds, selves, clock }) };
}

describe('which prefixes count', () => {
	test('the usual one where nothing is set', async () => {
		const { service } = await make();
		expect(await service.prefixesFor('1', 'ana')).toEqual([';']);
	});

	test('the server’s and the person’s own, both at once', async () => {
		const { service } = await make();
		await service.setGuildPrefix('1', 'mod', '!');
		await service.setSelfPrefix('ana', '?');
		expect(await service.prefixesFor('1', 'ana')).toEqual(['!', '?']);
		expect(await service.prefixesFor('1', 'bob')).toEqual(['!']);
		expect(await service.prefixesFor('2', 'ana')).toEqual([';', '?']);
	});

	test('in direct messages only the usual one', async () => {
		const { service } = await make();
		await service.setSelfPrefix('ana', '?');
		expect(service.prefixesFor(null, 'ana')).toEqual([';']);
		expect(await service.view(null, 'ana')).toEqual({ guild: ';', self: null });
	});

	test('a warm server answers without a promise, with the same list each time', async () => {
		const { service } = await make();
		await service.prefixesFor('1', 'ana');
		expect(service.prefixesFor('1', 'ana')).toEqual([';']);
		expect(service.prefixesFor('1', 'ana')).toBe(service.prefixesFor('1', 'bob'));
	});

	test('while storage is away the usual one works; another fault is not hidden', async () => {
		const { service, repository } = await make();
		await service.setSelfPrefix('ana', '?');
		repository.failure = new StorageAway('away');
		expect(await service.prefixesFor('1', 'ana')).toEqual([';', '?']);
		repository.failure = new Error('a bug');
		await expect(service.prefixesFor('1', 'ana')).rejects.toThrow('a bug');
	});
});

describe('changing them', () => {
	test('a change says what was there before', async () => {
		const { service } = await make();
		expect(await service.setGuildPrefix('1', 'mod', '!')).toEqual({ ok: true, value: { before: null, after: '!' } });
		expect(await service.setGuildPrefix('1', 'mod', '?')).toEqual({ ok: true, value: { before: '!', after: '?' } });
		expect(await service.prefixesFor('1', 'ana')).toEqual(['?']);
	});

	test('the same prefix again is "already"; the usual one too where none is stored', async () => {
		const { service } = await make();
		expect(await service.setGuildPrefix('1', 'mod', ';')).toMatchObject({ ok: false, code: 'already' });
		await service.setGuildPrefix('1', 'mod', '!');
		expect(await service.setGuildPrefix('1', 'mod', '!')).toMatchObject({ ok: false, code: 'already' });
		expect(await service.setGuildPrefix('1', 'mod', ';')).toMatchObject({ ok: true });
	});

	test('two at once with the same prefix: one sets it, the other finds it there', async () => {
		const { service } = await make();
		const outcomes = await Promise.all([service.setGuildPrefix('1', 'mod', '!'), service.setGuildPrefix('1', 'ana', '!')]);
		expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true]);
	});

	test('a refused prefix changes nothing', async () => {
		const { service, repository } = await make();
		expect(await service.setGuildPrefix('1', 'mod', '@here')).toMatchObject({ code: 'reserved' });
		expect(await service.setSelfPrefix('ana', 'four')).toMatchObject({ code: 'too-long' });
		expect([repository.guilds.size, repository.selves.size]).toEqual([0, 0]);
	});

	test('a reset goes back to the usual one, once', async () => {
		const { service } = await make();
		await service.setGuildPrefix('1', 'mod', '!');
		expect(await service.resetGuildPrefix('1', 'mod')).toEqual({ ok: true, value: { before: '!', after: null } });
		expect(await service.prefixesFor('1', 'ana')).toEqual([';']);
		expect(await service.resetGuildPrefix('1', 'mod')).toMatchObject({ ok: false, code: 'not-changed' });
	});

	test('one’s own prefix can be taken away, when there is one', async () => {
		const { service } = await make();
		expect(await service.clearSelfPrefix('ana')).toMatchObject({ ok: false, code: 'no-self-prefix' });
		await service.setSelfPrefix('ana', '?');
		expect(await service.clearSelfPrefix('ana')).toEqual({ ok: true, value: { before: '?', after: null } });
		expect(await service.view('1', 'ana')).toEqual({ guild: ';', self: null });
	});
});

test('a bare mention is answered once per person in ten seconds', async () => {
	const { service, clock } = await make();
	expect([service.mayAnswerMention('ana'), service.mayAnswerMention('ana'), service.mayAnswerMention('bob')]).toEqual([true, false, true]);
	clock.advance(9_999);
	expect(service.mayAnswerMention('ana')).toBe(false);
	clock.advance(1);
	expect(service.mayAnswerMention('ana')).toBe(true);
});
