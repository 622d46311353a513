import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runTransaction } from '#lib/data/transaction.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { permission } from '#modules/channelstate/domain/permissions.js';
import { channelStatePrivacy } from '#modules/channelstate/privacy.js';
import { lockRepository, type NewLocks } from '#modules/channelstate/repository/locks.js';
import { temporaryDatabase } from '../../support/temporaryDatabase.js';
import { aLayer, botId, everybody } from '../../unit/channelstate/support.js';

let house: Awaited<ReturnType<typeof temporaryDatabase>>;

beforeAll(async () => {
	house = await temporaryDatabase();
});
afterAll(() => house[Symbol.asyncDispose]());

beforeEach(async () => {
	const { prisma } = house;
	await prisma.guild.deleteMany();
	await prisma.guild.create({ data: { guildId: 100n, joinedAt: new Date(0) } });
});

const aRepository = () => lockRepository({ prisma: house.prisma, transaction: (work) => runTransaction(house.prisma, work) });
const { SendMessages } = permission;
const open = aLayer({ before: { allow: SendMessages, deny: 0n }, existed: true });
const shut = aLayer({ before: { allow: 0n, deny: SendMessages } });
const by = (change: Partial<NewLocks> = {}): NewLocks => ({
	guildId: '100',
	channelId: '200',
	layers: [open],
	actorId: '5',
	now: 1_000,
	...change
});

test('of two at once one decides what was there before, and it stays', async () => {
	const locks = aRepository();
	const counts = await Promise.all(Array.from({ length: 8 }, (_, index) => locks.add(by({ actorId: String(index + 1) }))));
	expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
	// Who comes later saw the locked channel.
	expect(await locks.add(by({ layers: [shut], jobId: 9 }))).toBe(0);
	expect(await locks.on('100', '200')).toMatchObject([{ layer: open, everywhere: false, jobId: null }]);
});

test("a layer comes back exactly as it was put in, the bot's own too", async () => {
	const locks = aRepository();
	const own = aLayer({ subject: { id: botId, isMember: true }, gives: true, existed: false, bits: (1n << 51n) | SendMessages });
	expect(await locks.add(by({ layers: [own, open], jobId: 3 }))).toBe(2);
	expect((await locks.on('100', '200')).map(({ layer }) => layer)).toEqual([open, own]);
	expect(await locks.choose({ guildId: '100', kind: 'send', everywhere: true, jobId: 3 })).toHaveLength(2);
	expect(await locks.choose({ guildId: '100', kind: 'send', everywhere: false })).toEqual([]);
	expect(await locks.remove({ guildId: '100', kind: 'send', channelId: '200', everywhere: true })).toBe(2);
});

test('other kinds, members and channels are left alone', async () => {
	const locks = aRepository();
	const muted = (id: string) => aLayer({ kind: 'images', subject: { id, isMember: true } });
	await locks.add(by({ layers: [open, muted('11'), muted('12')] }));
	await locks.add(by({ channelId: '201', layers: [muted('11')] }));
	expect(await locks.remove({ guildId: '100', kind: 'images', channelId: '200', userId: '11' })).toBe(1);
	expect(await locks.channels(['100'])).toEqual(new Map([['100', new Set(['200', '201'])]]));
	await locks.forgetChannels('100', ['200']);
	expect(await locks.on('100', '200')).toEqual([]);
	expect((await locks.on('100', '201')).map(({ layer }) => layer.subject.id)).toEqual(['11']);
});

test('a kind of a newer version is left out instead of being taken for another', async () => {
	const locks = aRepository();
	await locks.add(by());
	await house.prisma.channelLock.updateMany({ data: { kind: 'future' } });
	expect(await locks.on('100', '200')).toEqual([]);
});

describe('privacy', () => {
	test('who locked is forgotten; what lies on somebody is kept until it is taken off, and says so', async () => {
		const registry = new PrivacyRegistry();
		channelStatePrivacy(registry, house);
		const [table] = registry.persons;
		if (!table) throw new Error('Nothing is registered');
		const locks = aRepository();
		await locks.add(by({ layers: [open, aLayer({ kind: 'images', subject: { id: '6', isMember: true } })], actorId: '5' }));
		expect(await table.export('5')).toHaveLength(2);
		expect(await table.export('6')).toMatchObject([{ kind: 'images', aboutYou: true, byYou: false }]);
		const erase = (id: string) => house.prisma.$transaction((tx) => table.erase(tx, id, async () => undefined));
		expect(await erase('5')).toEqual({ erased: 2 });
		expect(await erase('6')).toMatchObject({ erased: 0, kept: { count: 1 } });
		expect((await locks.on('100', '200')).map(({ actorId, layer }) => [actorId, layer.subject])).toEqual([
			[null, everybody],
			[null, { id: '6', isMember: true }]
		]);
	});
});
