import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { memoryKeyValue } from '#lib/data/keyValue/memoryKeyValue.js';
import type { KeyValue } from '#lib/data/keyValue.js';
import { isHeld, type Restriction, type RestrictionKind } from '#modules/restrictions/domain/restriction.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';
import { eventually } from '../../support/eventually.js';
import { FakeClock } from '../../support/fakeClock.js';
import { recordingLogger } from '../../support/recordingLogger.js';
import { guildId, SharedDiscord } from '../moderation/_process.js';
import { restrictionProcess } from './_process.js';

let scratch: TestDatabase;
let db: PrismaClient;
let discord: SharedDiscord;
let clock: FakeClock;
let shared: KeyValue;
const open: { timers: { close(graceMs: number): Promise<void> }; hub: { close(): Promise<void> } }[] = [];

beforeAll(async () => {
	scratch = await testDatabase();
	db = (await scratch.open()).prisma;
});
beforeEach(async () => {
	await db.guild.deleteMany();
	await db.scheduledTask.deleteMany();
	await db.configChange.deleteMany();
	discord = new SharedDiscord();
	clock = new FakeClock(Date.UTC(2026, 0, 1));
	shared = memoryKeyValue({ logger: recordingLogger() });
});
afterEach(async () => {
	for (const { timers, hub } of open.splice(0)) {
		await timers.close(1_000);
		await hub.close();
	}
});
afterAll(() => scratch[Symbol.asyncDispose]());

async function process(keyValue = shared) {
	const one = restrictionProcess(await scratch.open(), discord, clock, keyValue);
	await one.hub.start();
	open.push(one);
	return one;
}

const other = '100000000000000002';
const [ana, bea] = ['300000000000000001', '300000000000000002'] as const;
const rowsOf = async (kind: RestrictionKind) =>
	(await db.memberRestriction.findMany({ where: { kind }, orderBy: [{ guildId: 'asc' }, { userId: 'asc' }] })).map(
		({ userId }) => `${userId}`
	);
const cases = async () => (await db.moderationCase.findMany({ orderBy: { number: 'asc' } })).map(({ type, state }) => `${type} ${state}`);
const codes = (outcomes: readonly { readonly ok: boolean; readonly code?: string }[]) =>
	outcomes.map((outcome) => (outcome.ok ? 'done' : outcome.code)).sort();
const aRow = (kind: RestrictionKind, userId: string, more: Partial<Restriction> = {}): Restriction => ({
	...{ guildId, userId, kind, value: null, userName: null, actorId: '2', reason: null, at: clock.now(), expiresAt: null },
	...more
});

describe('two processes at once', () => {
	test('that hard-ban the same person ban once and leave one entry and one case', async () => {
		const [first, second] = [await process(), await process()];
		const outcomes = await Promise.all([first, second, first, second].map((one) => one.perform('hardban', ana, { reason: 'raid' })));
		expect(codes(outcomes)).toEqual(['already-hardban', 'already-hardban', 'already-hardban', 'done']);
		expect(discord.deeds).toEqual([`ban ${ana}`]);
		expect(await rowsOf('hardban')).toEqual([ana]);
		expect(await cases()).toEqual(['hardban active']);
	});

	test('without common locks leave one entry all the same, and one case that counts', async () => {
		const [first, second] = [await process(memoryKeyValue({ logger: recordingLogger() })), await process()];
		await Promise.all([first, second].map((one) => one.perform('hardban', ana)));
		expect(await rowsOf('hardban')).toEqual([ana]);
		expect((await cases()).filter((one) => one === 'hardban active')).toHaveLength(1);
		const imposed = await Promise.allSettled(
			[first, second, first, second].map((one) =>
				one.hub.writeAll((tx, change) => one.rows.impose(tx, aRow('forcenick', bea, { value: 'Bea' }), change))
			)
		);
		expect(imposed.map(({ status }) => status)).toEqual(Array.from({ length: 4 }, () => 'fulfilled'));
		expect(await rowsOf('forcenick')).toEqual([bea]);
	});

	test('of which one silences and the other lifts it agree in the end: who is silent has a case that counts', async () => {
		const [first, second] = [await process(), await process()];
		for (let round = 0; round < 10; round++) {
			await Promise.all([first.perform('shutup', ana), second.perform('unshutup', ana), first.perform('unshutup', ana)]);
			const silent = (await rowsOf('shutup')).length;
			expect(await db.moderationCase.count({ where: { type: 'shutup', state: 'active' } }), `round ${round}`).toBe(silent);
			for (const one of [first, second])
				await eventually('both know it', async () => isHeld((await one.guilds.get(guildId)).settings, 'shutup', ana) === (silent === 1));
		}
	});

	test('that lock a nickname each end with the one that Discord has', async () => {
		const [first, second] = [await process(), await process()];
		const names = ['Ann', 'Anna', 'Annie', 'Anne'];
		await Promise.all(names.map((value, index) => (index % 2 === 0 ? first : second).perform('forcenick', ana, { details: { value } })));
		const [row] = await db.memberRestriction.findMany({ where: { kind: 'forcenick' } });
		const active = await db.moderationCase.findMany({ where: { type: 'forcenick', state: 'active' } });
		expect(await rowsOf('forcenick')).toEqual([ana]);
		expect(row?.value).toBe(discord.nicknames.get(ana));
		expect(active).toMatchObject([{ details: { value: row?.value } }]);
		expect(await db.moderationCase.count({ where: { type: 'forcenick', state: 'superseded' } })).toBe(3);
	});

	test('that let people in never let in more than may be', async () => {
		const [first, second] = [await process(), await process()];
		const people = Array.from({ length: 24 }, (_, index) => String(400_000_000_000_000_000n + BigInt(index)));
		const added = await Promise.all(people.map((id, index) => (index % 2 === 0 ? first : second).rows.add(aRow('private_allow', id), 10)));
		expect(added.filter((one) => one === 'added')).toHaveLength(10);
		expect(added.filter((one) => one === 'full')).toHaveLength(14);
		expect(await rowsOf('private_allow')).toHaveLength(10);
		const again = await Promise.all([first, second, first].map((one) => one.rows.add(aRow('autokick', ana), 10)));
		expect(again.sort()).toEqual(['added', 'there', 'there']);
	});

	test('of which one closes the corner while the other puts somebody in it agree: who is kept has a case that counts', async () => {
		const [first, second] = [await process(), await process()];
		const by = { guildId, actorId: '2' };
		await first.rules.setCorner(by, '500');
		await eventually('the other one knows', async () => (await second.rules.of(guildId)).detentionChannelId === '500');
		await first.perform('detain', bea);
		const waiting = () => db.$queryRaw<object[]>`SELECT 1 FROM pg_stat_activity
			WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%mod_case_counter%'`;
		let detained: Promise<unknown> = Promise.resolve();
		const rules = first.rulesWith(async (tx, who) => {
			await first.endDetentions(tx, who);
			detained = second.perform('detain', ana);
			await Promise.race([detained, eventually('it waits', async () => (await waiting()).length > 0)]);
		});
		expect(await rules.closeCorner(by)).toMatchObject({ ok: true });
		await detained;
		expect(await rowsOf('detention')).toEqual([ana]);
		const active = await db.moderationCase.findMany({ where: { type: 'detain', state: 'active' } });
		expect(active.map(({ userId }) => `${userId}`)).toEqual([ana]);
	});

	test('that close the server and the corner do each once, with one record of the change', async () => {
		const [first, second] = [await process(), await process()];
		const by = { guildId, actorId: '2' };
		const closed = await Promise.all([first, second, first].map(({ rules }) => rules.switchPrivate(by, true)));
		expect(codes(closed)).toEqual(['already-private', 'already-private', 'done']);
		await first.rules.setCorner(by, '500');
		await first.hub.writeAll((tx, change) => first.rows.impose(tx, aRow('detention', ana), change));
		const ended = await Promise.all([first, second].map(({ rules }) => rules.closeCorner(by)));
		expect(codes(ended)).toEqual(['done', 'no-corner']);
		expect(await rowsOf('detention')).toEqual([]);
		expect(await db.configChange.count({ where: { guildId: BigInt(guildId) } })).toBe(3);
	});
});

test('a new process knows everything from the database, and does again what was undone while nobody was there', async () => {
	const before = await process();
	await before.perform('hardban', ana, { reason: 'raid' });
	await before.perform('forcenick', bea, { details: { value: 'Bea' } });
	await before.perform('shutup', bea);
	await before.rules.switchPrivate({ guildId, actorId: '2' }, true);
	await before.timers.close(1_000);
	discord.bans.delete(ana);
	discord.nicknames.set(bea, 'Queen');

	const after = await process(memoryKeyValue({ logger: recordingLogger() }));
	const { settings } = await after.guilds.get(guildId);
	expect(settings).toMatchObject({ isPrivate: true });
	expect([isHeld(settings, 'hardban', ana), isHeld(settings, 'shutup', bea)]).toEqual([true, true]);
	expect(settings.held.get('forcenick')?.get(bea)).toBe('Bea');
	expect(await after.perform('unban', ana)).toMatchObject({ ok: false, code: 'is-hardbanned' });
	expect(await after.perform('hardban', ana)).toMatchObject({ ok: false, code: 'already-hardban' });
	clock.advance(6_000);
	after.keeps();
	await eventually('both are in force again', () => discord.bans.has(ana) && discord.nicknames.get(bea) === 'Bea');
	await eventually('nothing is due', async () => (await db.scheduledTask.count({ where: { kind: 'restrictionsKeep' } })) === 0);
	expect(after.told).toEqual(['hardban-kept']);
});

describe('taken from everybody at once', () => {
	test('goes with its case, counts right, and leaves other kinds and other servers alone', async () => {
		const [first, second] = [await process(), await process()];
		for (const who of [ana, bea]) for (const type of ['shutup', 'uwulock']) expect((await first.perform(type, who)).ok).toBe(true);
		await db.guild.create({ data: { guildId: BigInt(other), joinedAt: new Date(0) } });
		await first.hub.writeAll((tx, change) => first.rows.impose(tx, aRow('shutup', ana, { guildId: other }), change));
		expect(isHeld((await second.guilds.get(guildId)).settings, 'shutup', ana)).toBe(true);

		expect((await first.perform('shutupreset', null)).ok).toBe(true);
		expect(await db.moderationCase.findMany({ where: { type: 'shutupreset' } })).toMatchObject([{ details: { count: 2 } }]);
		expect(await rowsOf('shutup')).toEqual([ana]);
		expect(await rowsOf('uwulock')).toEqual([ana, bea]);
		expect((await cases()).sort()).toEqual([...Array(2).fill('shutup undone'), 'shutupreset active', ...Array(2).fill('uwulock active')]);
		await eventually('the other one knows', async () => !isHeld((await second.guilds.get(guildId)).settings, 'shutup', ana));
		expect(await second.perform('shutupreset', null)).toMatchObject({ ok: false, code: 'no-shutup' });
	});

	test('by two at once goes once, with one case', async () => {
		const [first, second] = [await process(), await process()];
		for (const who of [ana, bea]) await first.perform('shutup', who);
		const outcomes = await Promise.all([first, second, first, second].map((one) => one.perform('shutupreset', null)));
		expect(codes(outcomes)).toEqual(['done', 'no-shutup', 'no-shutup', 'no-shutup']);
		expect(await rowsOf('shutup')).toEqual([]);
		expect((await cases()).filter((one) => one.startsWith('shutupreset'))).toHaveLength(1);
	});

	test('that fails half-way is as if it had never begun', async () => {
		const one = await process();
		await one.perform('shutup', ana);
		await one.rules.setCorner({ guildId, actorId: '2' }, '500');
		await one.hub.writeAll((tx, change) => one.rows.impose(tx, aRow('detention', bea), change));
		const events = await db.settingsEvent.count();
		const broken = one.hub.writeAll(async (tx, change) => {
			expect(await one.rows.liftAll(tx, guildId, 'shutup', change)).toBe(1);
			throw new Error('killed');
		});
		await expect(broken).rejects.toThrow('killed');
		const closing = one.config.change(
			{ guildId, actorId: '2', now: clock.now() },
			() => ({ ok: true, value: { detentionChannelId: null } }),
			async (tx) => {
				expect(await one.rows.liftAll(tx, guildId, 'detention', async () => undefined)).toBe(1);
				throw new Error('killed');
			}
		);
		await expect(closing).rejects.toThrow('killed');
		expect([await rowsOf('shutup'), await rowsOf('detention')]).toEqual([[ana], [bea]]);
		expect(await db.settingsEvent.count()).toBe(events);
		expect((await one.rules.of(guildId)).detentionChannelId).toBe('500');
	});
});
