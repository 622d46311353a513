import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import { type AllServices, allServices } from '../../support/allServices.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

let scratch: TestDatabase;
let all: AllServices;
let db: PrismaClient;

beforeAll(async () => {
	scratch = await testDatabase();
	db = (await scratch.open()).prisma;
	all = await allServices(scratch);
});
afterAll(async () => {
	await all[Symbol.asyncDispose]();
	await scratch[Symbol.asyncDispose]();
});
beforeEach(async () => {
	await Promise.all([db.reminder.deleteMany(), db.scheduledTask.deleteMany(), db.configChange.deleteMany(), db.guild.deleteMany()]);
});

const [here, elsewhere, old, other, clone] = [1n, 2n, 20n, 21n, 30n] as const;
const at = new Date(1_000);

/** Rows about three channels, in two servers. */
async function rows() {
	await db.guild.createMany({ data: [here, elsewhere].map((guildId) => ({ guildId, joinedAt: at })) });
	await db.moderationConfig.createMany({
		data: [
			{ guildId: here, logChannelId: old, jailChannelId: other },
			{ guildId: elsewhere, logChannelId: old }
		]
	});
	const one = { guildId: here, type: 'lock', at };
	await db.moderationCase.createMany({
		data: [
			{ ...one, number: 1, channelId: old, logChannelId: old, logMessageId: 5n },
			{ ...one, number: 2, channelId: other, logChannelId: other, logMessageId: 6n }
		]
	});
	await db.reminder.createMany({
		data: [old, other].map((channelId) => ({ userId: 7n, guildId: here, channelId, messageId: 9n, text: 'tea', dueAt: at, createdAt: at }))
	});
	const lock = { guildId: here, kind: 'send', bits: 1n, previousAllow: 0n, previousDeny: 0n, existed: true, at };
	await db.channelLock.createMany({
		data: [
			{ ...lock, channelId: old },
			{ ...lock, channelId: old, kind: 'images', userId: 7n },
			// Somebody locked the new one in the same moment: how it was before, the older row knows.
			{ ...lock, channelId: clone, previousDeny: 1n }
		]
	});
	await db.lockIgnore.createMany({ data: [old, clone].map((channelId) => ({ guildId: here, channelId, at })) });
	await db.disabledCommand.createMany({
		data: [old, 0n, clone].map((channelId) => ({ guildId: here, kind: 'module', name: 'afk', channelId, at }) as const)
	});
	const job = { guildId: here, actorId: 7n, locale: 'en-US', titleKey: 'x', titleValues: {}, permission: 'Administrator', payload: {} };
	const running = await db.job.create({ data: { ...job, kind: 'lock', channelId: old, messageId: 4n, total: 2, startedAt: at } });
	await db.jobItem.createMany({
		data: [
			{ jobId: running.id, position: 0, key: `${old}`, state: 'done' },
			{ jobId: running.id, position: 1, key: `${old}` },
			{ jobId: running.id, position: 2, key: `${other}` }
		]
	});
	const order = (type: string) => ({ key: type, type, guildId: '1', channelId: `${old}` });
	await db.scheduledTask.createMany({
		data: ['imute', 'nuke'].map((type) => ({ kind: 'moderationFinish', key: type, guildId: here, dueAt: at, payload: order(type) }))
	});
}

async function repoint() {
	const { channelReferences, settings } = all.foundation;
	const move = { guildId: `${here}`, from: `${old}`, to: `${clone}`, actorId: '7' };
	await settings.writeAll(async (tx, change) => {
		await lockGuild(tx, move.guildId, 2_000);
		await channelReferences.repoint(tx, move, change);
	});
}

test('everything that names a channel names the other one afterwards, in that server alone; twice is once', async () => {
	await rows();
	const before = all.services.moderation.moderation.settings(`${here}`);
	expect((await before).logChannelId).toBe(`${old}`);
	for (const _ of [1, 2]) await repoint();

	const config = await db.moderationConfig.findMany({ orderBy: { guildId: 'asc' } });
	expect(config).toMatchObject([
		{ logChannelId: clone, jailChannelId: other },
		{ guildId: elsewhere, logChannelId: old }
	]);
	expect(await db.moderationCase.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
		{ channelId: clone, logChannelId: clone, logMessageId: null },
		{ channelId: other, logChannelId: other, logMessageId: 6n }
	]);
	expect(await db.reminder.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
		{ channelId: clone, messageId: null },
		{ channelId: other, messageId: 9n }
	]);
	expect(await db.channelLock.findMany({ orderBy: { kind: 'asc' } })).toMatchObject([
		{ channelId: clone, kind: 'images' },
		{ channelId: clone, kind: 'send', previousDeny: 0n }
	]);
	expect(await db.lockIgnore.findMany()).toMatchObject([{ channelId: clone }]);
	expect(await db.disabledCommand.findMany({ orderBy: { channelId: 'asc' } })).toMatchObject([{ channelId: 0n }, { channelId: clone }]);
	expect(await db.job.findMany()).toMatchObject([{ channelId: clone, messageId: null }]);
	expect((await db.jobItem.findMany({ orderBy: { position: 'asc' } })).map(({ key }) => key)).toEqual([`${old}`, `${clone}`, `${other}`]);
	const orders = await db.scheduledTask.findMany({ orderBy: { key: 'asc' } });
	expect(orders.map(({ payload }) => Object(payload).channelId)).toEqual([`${clone}`, `${old}`]);

	// Who keeps it in memory has heard of it, and it stands in the record once.
	expect((await all.services.moderation.moderation.settings(`${here}`)).logChannelId).toBe(`${clone}`);
	const changes = await db.configChange.findMany({ orderBy: { slot: 'asc' } });
	expect(changes.map(({ slot }) => slot)).toEqual(['channelstate.ignores', 'commandsettings.guild', 'moderation.config']);
	expect(changes.at(-1)).toMatchObject({ actorId: 7n, before: { logChannelId: `${old}` }, after: { logChannelId: `${clone}` } });
});

test('what people have set about a channel is counted, and nothing else', async () => {
	await rows();
	const { channelReferences } = all.foundation;
	const uses = await channelReferences.usesOf(db, `${here}`, `${old}`);
	expect(Object.fromEntries(uses.map(({ describe, count }) => [describe, count]))).toEqual({
		'moderation:channels.log': 1,
		'reminders:channels.reminder': 1,
		'channelstate:channels.lock': 2,
		'channelstate:channels.ignored': 1,
		'commandsettings:channels.off': 1
	});
	expect(await channelReferences.usesOf(db, `${here}`, '99')).toEqual([]);
});

test('a channel that is gone for good is taken out of the settings; one that was replaced before has nothing left to take out', async () => {
	await rows();
	const { channelReferences } = all.foundation;
	const gone = { guildId: `${here}`, channelId: `${old}`, botId: '8' };
	await repoint();
	await channelReferences.forget(gone);
	expect(await db.moderationConfig.findUnique({ where: { guildId: here } })).toMatchObject({ logChannelId: clone });
	await channelReferences.forget({ ...gone, channelId: `${clone}` });
	expect(await db.moderationConfig.findUnique({ where: { guildId: here } })).toMatchObject({ logChannelId: null, jailChannelId: other });
	expect([await db.channelLock.count(), await db.lockIgnore.count()]).toEqual([0, 0]);
	expect(await db.disabledCommand.findMany()).toMatchObject([{ channelId: 0n }]);
});
