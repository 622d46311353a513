import { expect, test } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { CachedSettings } from '#lib/settings/cachedSettings.js';
import type { RolePermissions } from '#modules/fakepermissions/domain.js';
import type { FakePermissionRepository } from '#modules/fakepermissions/repository.js';
import { type FakePermissionSettings, FakePermissionsService } from '#modules/fakepermissions/service.js';
import { FakeClock } from '../../support/fakeClock.js';

const bits: Readonly<Record<string, bigint>> = { BanMembers: 4n, KickMembers: 2n };

/** The settings in a map, read like the database. */
function make() {
	const stored = new Map<string, RolePermissions>();
	const state: { failure: Error | null; reads: number } = { failure: null, reads: 0 };
	const read = async (guildId: string) => {
		state.reads += 1;
		if (state.failure !== null) throw state.failure;
		const roles = stored.get(guildId);
		return roles === undefined ? null : { roles };
	};
	const guilds = new CachedSettings<FakePermissionSettings, ReadonlyMap<string, bigint>>({
		defaults: { roles: new Map() },
		derive: ({ roles }) => new Map([...roles].map(([id, names]) => [id, names.reduce((sum, name) => sum | (bits[name] ?? 0n), 0n)])),
		source: { read, readMany: async () => new Map() }
	});
	const repository: Pick<FakePermissionRepository, 'change' | 'readMany'> = {
		readMany: async (guildIds) => new Map([...stored].filter(([guildId]) => guildIds.includes(guildId))),
		async change({ guildId }, decide) {
			const before = stored.get(guildId) ?? new Map();
			const decided = decide(before);
			if (!decided.ok) return decided;
			stored.set(guildId, decided.value);
			guilds.evict(guildId);
			return { ok: true, value: { before, after: decided.value } };
		}
	};
	return { stored, state, guilds, service: new FakePermissionsService({ repository, guilds, clock: new FakeClock() }) };
}

const ofMods = { guildId: '1', actorId: 'owner', roleId: 'mods' };

test('the roles of a member add up; a role that is not there adds nothing', async () => {
	const { service } = make();
	await service.add(ofMods, 'BanMembers');
	await service.add({ ...ofMods, roleId: 'helpers' }, 'KickMembers');
	expect(await service.bitsOf('1', ['mods', 'helpers', 'others'])).toBe(6n);
	expect(await service.bitsOf('1', ['others'])).toBe(0n);
	expect(await service.bitsOf('2', ['mods'])).toBe(0n);
});

test('a warm server answers without a promise and without a read; a change counts at once', async () => {
	const { service, state } = make();
	await service.add(ofMods, 'BanMembers');
	await service.bitsOf('1', ['mods']);
	const { reads } = state;
	expect([service.bitsOf('1', ['mods']), service.bitsOf('1', [])]).toEqual([4n, 0n]);
	expect(state.reads).toBe(reads);
	await service.remove(ofMods, 'BanMembers');
	expect(await service.bitsOf('1', ['mods'])).toBe(0n);
});

test('while storage is away nothing is added; another fault is not hidden', async () => {
	const { service, state } = make();
	state.failure = new StorageAway('away');
	expect(await service.bitsOf('1', ['mods'])).toBe(0n);
	state.failure = new Error('a bug');
	await expect(service.bitsOf('1', ['mods'])).rejects.toThrow('a bug');
});

test('a deleted role takes its permissions with it, also one deleted while the bot was away', async () => {
	const { service, stored } = make();
	for (const roleId of ['mods', 'helpers', 'guests']) await service.add({ ...ofMods, roleId }, 'BanMembers');
	await service.onRoleDeleted({ ...ofMods, actorId: 'bot', roleId: 'guests' });
	await service.forgetMissing(new Map([['1', new Set(['helpers'])]]), 'bot');
	expect([...(stored.get('1')?.keys() ?? [])]).toEqual(['helpers']);
});

test('servers that have not told their roles lose nothing', async () => {
	const { service, stored } = make();
	await service.add(ofMods, 'BanMembers');
	await service.forgetMissing(new Map(), 'bot');
	expect(stored.get('1')?.has('mods')).toBe(true);
});
