import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { type NameChange, nameChanges, nameKinds } from '#modules/afk/domain.js';
import { type NamesRepository, namesRepository } from '#modules/afk/repository/names.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

const guildId = '1100000000000000001';
const otherGuild = '1100000000000000002';
const ana = '1200000000000000001';
const bea = '1200000000000000002';
const now = Date.UTC(2026, 0, 1, 12);
const day = 86_400_000;
let database: TestDatabase;
let db: PrismaClient;
let repository: NamesRepository;

beforeAll(async () => {
	database = await testDatabase();
	const own = await database.open();
	db = own.prisma;
	repository = namesRepository(own);
});
beforeEach(() => db.nameHistory.deleteMany());
afterAll(() => database[Symbol.asyncDispose]());

const change = (value: string, more: Partial<NameChange> = {}): NameChange => ({
	userId: ana,
	kind: 'username',
	guildId: null,
	value,
	at: now,
	onlyIfFirst: false,
	...more
});
const namesOf = async (userId = ana) => (await repository.list(userId, guildId, nameKinds)).map(({ value }) => value);

describe('what is recorded', () => {
	test('the newest name stands first', async () => {
		await repository.record([change('ana1')]);
		await repository.record([change('ana2', { at: now + 1 })]);
		expect(await repository.list(ana, guildId, ['username'])).toEqual([
			{ kind: 'username', value: 'ana2', changedAt: now + 1 },
			{ kind: 'username', value: 'ana1', changedAt: now }
		]);
	});

	test('the same name twice in a row is one, within a batch and after it', async () => {
		await repository.record([change('a'), change('a', { at: now + 1 }), change('b', { at: now + 2 }), change('b', { at: now + 3 })]);
		await repository.record([change('b', { at: now + 4 })]);
		expect(await namesOf()).toEqual(['b', 'a']);
	});

	test('a name that comes back is recorded again', async () => {
		await repository.record([change('a'), change('b', { at: now + 1 }), change('a', { at: now + 2 })]);
		expect(await namesOf()).toEqual(['a', 'b', 'a']);
	});

	test('the name before the first change is kept, and never later', async () => {
		const who = { userId: ana, kind: 'username', guildId: null } as const;
		await repository.record(nameChanges({ ...who, at: now }, 'old', 'new'));
		expect(await namesOf()).toEqual(['new', 'old']);
		await repository.record(nameChanges({ ...who, at: now + 10 }, 'something else', 'new'));
		expect(await namesOf()).toEqual(['new', 'old']);
		await repository.record(nameChanges({ ...who, at: now + 20 }, 'something else', 'newer'));
		expect(await namesOf()).toEqual(['newer', 'new', 'old']);
	});

	test('kinds, persons and servers do not mix', async () => {
		const nickname = { kind: 'nickname', guildId } as const;
		await repository.record([
			change('same'),
			change('same', { kind: 'display' }),
			change('same', nickname),
			change('same', { ...nickname, guildId: otherGuild }),
			change('same', { userId: bea })
		]);
		expect(await db.nameHistory.count()).toBe(5);
		expect(await repository.list(ana, guildId, nameKinds)).toHaveLength(3);
		expect(await repository.list(ana, otherGuild, ['nickname'])).toHaveLength(1);
		expect(await repository.list(ana, guildId, ['display'])).toMatchObject([{ kind: 'display', value: 'same' }]);
	});

	test('one change told in two processes at once, and again, is one row', async () => {
		const elsewhere = namesRepository(await database.open());
		const told = nameChanges({ userId: ana, kind: 'username', guildId: null, at: now }, 'old', 'new');
		await Promise.all([repository, elsewhere, repository, elsewhere].map((one) => one.record(told)));
		expect(await namesOf()).toEqual(['new', 'old']);
	});

	test('a hundred names are kept of a person, the newest ones', async () => {
		const many = Array.from({ length: 130 }, (_, index) => change(`n${index}`, { at: now + index }));
		await repository.record([...many, change('bea', { userId: bea })]);
		const names = await namesOf();
		expect(names).toHaveLength(100);
		expect([names[0], names[99]]).toEqual(['n129', 'n30']);
		expect(await repository.count(ana)).toBe(100);
		expect(await namesOf(bea)).toEqual(['bea']);
	});

	test('text of any kind comes back as it was', async () => {
		const hostile = `'; DROP TABLE afk; -- {"a", b} \\ 😀 ${'ä'.repeat(20)}`;
		await repository.record([change(hostile)]);
		expect(await namesOf()).toEqual([hostile]);
	});
});

test('names can be exported, erased and forgotten', async () => {
	await repository.record([change('a'), change('b', { at: now + 1 }), change('bea', { userId: bea })]);
	expect(await repository.ofPerson(ana)).toMatchObject([{ value: 'a' }, { value: 'b' }]);
	expect(await db.$transaction((tx) => repository.erase(tx, ana))).toBe(2);
	expect(await namesOf()).toEqual([]);
	expect(await repository.forget([ana, bea])).toBe(1);
});

test('names older than a year and nicknames of a server that was left go', async () => {
	await repository.record([
		change('ancient', { at: now - 400 * day }),
		change('old', { at: now - 366 * day }),
		change('new'),
		change('nick', { kind: 'nickname', guildId })
	]);
	expect(await repository.purgeOld(now - 365 * day, 1)).toBe(1);
	expect(await repository.purgeOld(now - 365 * day, 5)).toBe(1);
	expect(await repository.purgeGuild(otherGuild, 5)).toBe(0);
	expect(await repository.purgeGuild(guildId, 5)).toBe(1);
	expect(await namesOf()).toEqual(['new']);
});
