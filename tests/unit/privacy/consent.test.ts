import { expect, test } from 'vitest';
import { CommandIndex } from '#lib/commands/commandIndex.js';
import type { GuardRequest } from '#lib/commands/guards/guardRequest.js';
import { GuardPolicies } from '#lib/commands/guards/policies.js';
import { StorageAway } from '#lib/data/storageAway.js';
import { PersonSet } from '#lib/settings/personSet.js';
import { ConsentService } from '#modules/privacy/consent.js';
import { type Consent, policyVersion } from '#modules/privacy/domain.js';
import { registerConsent } from '#modules/privacy/policies.js';
import type { ConsentRepository } from '#modules/privacy/repository.js';
import { emptyTransaction } from '../../support/emptyTransaction.js';
import { FakeClock } from '../../support/fakeClock.js';
import { aLeaf } from '../commands/support.js';

interface Row {
	consent: Consent;
	version: number | null;
}

function make() {
	const rows = new Map<string, Row>();
	const asked: string[] = [];
	const shown: string[] = [];
	const listeners: ((key: string | null) => void)[] = [];
	const refused = (userId: string) => (rows.get(userId)?.consent === 'declined' ? true : null);
	const repository: ConsentRepository = {
		readDeclined: async () => new Map([...rows.keys()].filter(refused).map((userId) => [userId, true] as const)),
		hasDeclined: async (userId) => refused(userId),
		read: async (userId) => ({ consent: rows.get(userId)?.consent ?? 'unknown', at: null }),
		async claim(userId, version) {
			asked.push(userId);
			if (refused(userId) || (rows.get(userId)?.version ?? 0) >= version) return false;
			rows.set(userId, { consent: 'unknown', version });
			return true;
		},
		unclaim: async (userId) => void rows.delete(userId),
		answer: async (_, userId, consent, version) => void rows.set(userId, { consent, version })
	};
	const declined = new PersonSet<true>({ readAll: repository.readDeclined, read: repository.hasDeclined });
	const drop = async (key: string | null) => {
		for (const listener of listeners) listener(key);
		await declined.load();
	};
	const service = new ConsentService({
		declined,
		repository,
		clock: new FakeClock(),
		settings: {
			async write(_slot, key, _change, work) {
				const result = await work(emptyTransaction);
				await drop(key);
				return result;
			},
			onDropped: (listener) => void listeners.push(listener)
		}
	});
	const tell = (userId: string) => service.tell(userId, async () => void shown.push(userId));
	return { service, declined, rows, asked, shown, tell, drop, repository };
}

test('a person is told once, and afterwards nobody is asked', async () => {
	const { tell, shown, asked } = make();
	await tell('1');
	await tell('1');
	await tell('2');
	expect({ shown, asked }).toEqual({ shown: ['1', '2'], asked: ['1', '2'] });
});

test('of two commands at once one shows the notice', async () => {
	const { tell, shown } = make();
	await Promise.all([tell('1'), tell('1')]);
	expect(shown).toEqual(['1']);
});

test('a person who was told before this process began is not told again', async () => {
	const { tell, shown, rows } = make();
	rows.set('1', { consent: 'unknown', version: policyVersion });
	rows.set('2', { consent: 'accepted', version: policyVersion });
	rows.set('3', { consent: 'accepted', version: policyVersion - 1 });
	for (const userId of ['1', '2', '3']) await tell(userId);
	expect(shown).toEqual(['3']);
});

test('a notice that could not be shown is shown with the next command', async () => {
	const { service, tell, shown, rows } = make();
	await expect(service.tell('1', () => Promise.reject(new Error('no way')))).rejects.toThrow('no way');
	expect(rows.has('1')).toBe(false);
	await tell('1');
	expect(shown).toEqual(['1']);
});

test('a claim that failed is tried again with the next command', async () => {
	const { tell, shown, repository } = make();
	const { claim } = repository;
	repository.claim = () => Promise.reject(new StorageAway('away'));
	await expect(tell('1')).rejects.toThrow('away');
	repository.claim = claim;
	await tell('1');
	expect(shown).toEqual(['1']);
});

test('whoever disagreed is never told again, and whoever had everything deleted is', async () => {
	const { service, tell, shown, rows, asked, drop } = make();
	await tell('1');
	await service.answer('1', 'declined');
	await tell('1');
	await tell('2');
	rows.delete('2');
	await drop('2');
	await tell('2');
	expect({ shown, asked }).toEqual({ shown: ['1', '2', '2'], asked: ['1', '2', '2'] });
});

test('an answer counts at once, and can be changed', async () => {
	const { service, declined } = make();
	await declined.load();
	expect(service.isDeclined('1')).toBe(false);
	await service.answer('1', 'declined');
	expect([service.isDeclined('1'), await service.hasDeclined('1'), (await service.state('1')).consent]).toEqual([true, true, 'declined']);
	await service.answer('1', 'accepted');
	expect([service.isDeclined('1'), await service.hasDeclined('1'), (await service.state('1')).consent]).toEqual([false, false, 'accepted']);
});

test('while it is not known nothing is stored by the way, and a command asks storage', async () => {
	const { service, rows } = make();
	expect([service.isDeclined('1'), await service.hasDeclined('1')]).toEqual([true, false]);
	rows.set('1', { consent: 'declined', version: 1 });
	expect(await service.hasDeclined('1')).toBe(true);
});

/** The answer of the guard to a person who may have disagreed. */
async function guard(
	leaf: Parameters<typeof aLeaf>[0],
	hasDeclined: () => Promise<boolean>,
	command = 'test.command',
	way: 'ask' | 'peek' = 'ask'
) {
	const policies = new GuardPolicies();
	const index = new CommandIndex([aLeaf({ id: 'test.keeps', name: 'keeps', stores: true })], []);
	registerConsent(policies, () => index, { hasDeclined });
	const request: GuardRequest = {
		leaf: { ...aLeaf(leaf), command },
		flow: 'prefix',
		userId: '1',
		guildId: '2',
		guildOwnerId: null,
		channelId: '3',
		parentChannelId: null,
		roleIds: [],
		memberPermissions: 0n,
		botPermissions: 0n
	};
	return policies[way]('consented', request);
}

test('the guard keeps whoever disagreed from what stores, and from nothing else', async () => {
	expect(await guard({ stores: true }, async () => true)).toEqual({ module: 'privacy', code: 'declined', values: { command: 'privacy' } });
	expect(await guard({ stores: true }, async () => false)).toBeNull();
	expect(await guard({}, () => Promise.reject(new Error('asked')))).toBeNull();
});

test('a command that may only take something away is judged once its arguments are read, and by diagnose', async () => {
	const leaf = { stores: true, takesAway: () => true };
	expect(await guard(leaf, async () => true)).toBeNull();
	expect(await guard(leaf, async () => true, 'test.command', 'peek')).toMatchObject({ code: 'declined' });
});

test('an entry of a menu counts as the command that it stands for', async () => {
	expect(await guard({}, async () => true, 'test.keeps')).toMatchObject({ code: 'declined' });
	expect(await guard({}, async () => true, 'test.other')).toBeNull();
});

test('while storage is away nothing is stored, and the refusal says why', async () => {
	expect(await guard({ stores: true }, () => Promise.reject(new StorageAway('away')))).toEqual({
		module: 'privacy',
		code: 'consent-unknown'
	});
	await expect(guard({ stores: true }, () => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
});
