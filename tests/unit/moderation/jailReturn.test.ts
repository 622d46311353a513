import { expect, test } from 'vitest';
import { CachedSettings, nothingDerived } from '#lib/settings/cachedSettings.js';
import { PersonSet } from '#lib/settings/personSet.js';
import type { Case } from '../../../src/modules/moderation/domain/case.js';
import type { JailEntry } from '../../../src/modules/moderation/domain/jail.js';
import type { Order } from '../../../src/modules/moderation/domain/order.js';
import { Jail } from '../../../src/modules/moderation/service/jail.js';
import { defaultSettings, type ModerationSettings } from '../../../src/modules/moderation/settings.js';

const now = 1_000_000;
const entry: JailEntry = { guildId: '1', userId: '3', roleIds: ['50'], caseNumber: 7, at: 0 };
const theCase: Case = {
	...{ guildId: '1', number: 7, type: 'jail', userId: '3', channelId: null, moderatorId: '2', reason: null, at: 0, expiresAt: null },
	...{ state: 'active', closedAt: null, parentNumber: null, details: {}, external: false, log: null }
};
const order = (type: string): Order => ({
	...{ key: 'k', type, guildId: '1', targetId: '3', channelId: null, actorId: '2', reason: null, durationMs: null },
	...{ parentNumber: null, details: {}, at: 0 }
});

/** The bot comes back, and finds somebody with an entry and without the role of the jail. */
async function comesBack({
	expiresAt = null,
	left = null,
	isDangerous = false,
	guildIds = ['1']
}: {
	expiresAt?: number | null;
	left?: Order | null;
	/** The role of the jail. */
	isDangerous?: boolean;
	/** Servers with somebody in jail. Discord does not answer for 9. */
	guildIds?: readonly string[];
}): Promise<readonly string[]> {
	const calls: string[] = [];
	const jail = new Jail({
		jailed: new PersonSet<number>({ readAll: async () => new Map(), read: async () => 7 }),
		entries: {
			find: async () => entry,
			list: async () => [],
			forgetRoles: async () => undefined,
			ofGuilds: async () => guildIds.map((guildId) => ({ ...entry, guildId })),
			planGreeting: async () => void calls.push('called')
		},
		cases: { find: async () => ({ ...theCase, expiresAt }), unfinished: async () => left },
		settings: new CachedSettings<ModerationSettings>({
			defaults: { ...defaultSettings, jailRoleId: '60', logChannelId: '70' },
			derive: nothingDerived,
			source: { read: async () => null, readMany: async () => new Map() }
		}),
		discord: {
			addRole: async (_guildId, userId, roleId) => void calls.push(`${roleId} to ${userId}`),
			greet: async () => undefined,
			rolesOf: async (guildId) => {
				if (guildId === '9') throw new Error('no answer');
				return new Map([['3', ['50']]]);
			}
		},
		roles: async () => new Map([['60', { id: '60', position: 1, managed: false, permissions: isDangerous ? 8n : 0n, isDangerous }]]),
		voice: { mention: async (_one, what) => void calls.push(what) },
		alone: (_about, work) => work(),
		clock: { now: () => now, onJump: () => () => undefined },
		log: { warn: (_, message) => void calls.push(message) },
		againReason: () => 'again',
		wake: () => undefined
	});
	await jail.lookAfter(guildIds);
	return calls;
}

test.each([
	['for good', {}],
	['for longer', { expiresAt: now + 1 }],
	['while another order about him waits', { left: order('kick') }]
])('who is in jail %s and has not its role is put there again', async (_, state) => {
	expect(await comesBack(state)).toEqual(['60 to 3', 'called']);
});

test.each([
	['his time is over', { expiresAt: now }],
	['somebody is letting him out', { left: order('unjail') }]
])('who may be out already is left alone: %s', async (_, state) => {
	expect(await comesBack(state)).toEqual([]);
});

test('who comes back gets no role of the jail that became dangerous: the staff are told', async () => {
	expect(await comesBack({ isDangerous: true })).toEqual(['jail-failed']);
});

test('a server for which Discord does not answer keeps no other from being looked at', async () => {
	expect(await comesBack({ guildIds: ['9', '1'] })).toEqual(['The jail of a server could not be looked after', '60 to 3', 'called']);
});
