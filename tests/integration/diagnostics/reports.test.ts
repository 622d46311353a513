import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/data/database.js';
import { reportRepository } from '#modules/diagnostics/repository.js';
import { DiagnosticsService } from '#modules/diagnostics/service.js';
import { type TestDatabase, testDatabase } from '../../support/databases.js';

let place: TestDatabase;
let database: Database;
beforeAll(async () => {
	place = await testDatabase();
	database = await place.open();
});
afterAll(() => place[Symbol.asyncDispose]());
beforeEach(async () => {
	await database.prisma.errorReport.deleteMany();
});

const report = (code: string, at: number, userId: string | null = null) => ({
	code,
	at,
	where: 'command',
	name: 'afk.afk',
	userId,
	guildId: '223456789012345678',
	trace: `trace of ${code}`
});
const person = '123456789012345678';

test('a report is found by its code in any spelling, with everything that was known', async () => {
	const repository = reportRepository(database);
	const service = new DiagnosticsService(repository);
	await repository.add(report('ABC234', 1_000, person));
	for (const typed of ['ABC234', 'abc234', ' `ABC234`', '**abc234**']) {
		expect(await service.findError(typed)).toEqual({
			ok: true,
			value: {
				code: 'ABC234',
				at: 1_000,
				guildId: '223456789012345678',
				channelId: null,
				userId: person,
				source: 'command afk.afk',
				trace: 'trace of ABC234'
			}
		});
	}
	expect(await service.findError('ZZZ999')).toMatchObject({ ok: false, code: 'unknown-code', values: { given: 'ZZZ999' } });
});

test('old ones go by the batch, the oldest first; all of them when asked for', async () => {
	const repository = reportRepository(database);
	for (const [index, code] of ['AAAAA2', 'AAAAA3', 'AAAAA4', 'AAAAA5'].entries()) await repository.add(report(code, index * 1_000));
	expect(await repository.deleteBefore(3_000, 2)).toBe(2);
	expect(await repository.find('AAAAA3')).toBeNull();
	expect(await repository.deleteBefore(3_000, 2)).toBe(1);
	expect(await repository.find('AAAAA5')).not.toBeNull();
	expect(await new DiagnosticsService(repository).deleteErrors()).toBe(1);
});

test("a person's reports are his own and go with him", async () => {
	const repository = reportRepository(database);
	await repository.add(report('AAAAA2', 1_000, person));
	await repository.add(report('AAAAA3', 2_000, '323456789012345678'));
	expect((await repository.ofUser(person)).map(({ code }) => code)).toEqual(['AAAAA2']);
	expect(await database.transaction((tx) => repository.deleteOfUser(tx, person))).toBe(1);
	expect(await repository.ofUser(person)).toEqual([]);
	expect(await repository.find('AAAAA3')).not.toBeNull();
});
