import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, expect, test } from 'vitest';
import { type PersonTable, PrivacyRegistry } from '#lib/privacy/registry.js';
import { PersonSet } from '#lib/settings/personSet.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { isOptedOut, optOutBits, optOutFeatures } from '#modules/privacy/domain.js';
import { countRows, dataFile } from '#modules/privacy/file.js';
import { PrivacyService } from '#modules/privacy/service.js';
import { emptyTransaction } from '../../support/emptyTransaction.js';

type WriteAll = SettingsHub['writeAll'];

function make() {
	const bits = new Map<string, number>();
	const recorded: string[] = [];
	const reported: string[] = [];
	const registry = new PrivacyRegistry();
	const repository = {
		readAll: async () => new Map(bits),
		read: async (userId: string) => bits.get(userId) ?? null,
		set: async (_: unknown, userId: string, bit: number, on: boolean) => {
			const before = bits.get(userId) ?? 0;
			const after = on ? before | bit : before & ~bit;
			bits.set(userId, after);
			return after !== before;
		}
	};
	const optOuts = new PersonSet<number>(repository);
	/** As the hub does it: what was recorded is read anew after the work, and nothing of it stays when the work throws. */
	const writeAll: WriteAll = async (work) => {
		const before = new Map(bits);
		const changed: string[] = [];
		try {
			const result = await work(emptyTransaction, async (slot, key) => {
				changed.push(`${slot} ${key}`);
			});
			recorded.push(...changed);
			return result;
		} catch (error) {
			bits.clear();
			for (const [key, value] of before) bits.set(key, value);
			throw error;
		} finally {
			await optOuts.load();
		}
	};
	const declined = new Set<string>();
	const consent = {
		isDeclined: (userId: string) => declined.has(userId),
		hasDeclined: async (userId: string) => declined.has(userId),
		state: async () => ({ consent: 'unknown', at: null }) as const,
		tell: async () => undefined,
		answer: async (userId: string) => void declined.add(userId)
	};
	const service = new PrivacyService({
		consent,
		optOuts,
		repository,
		registry,
		settings: { writeAll },
		report: (error, table) => reported.push(`${table}: ${error instanceof Error ? error.message : ''}`)
	});
	return { service, registry, optOuts, bits, recorded, reported, declined };
}

const aTable = (table: string, values: Partial<PersonTable> = {}): PersonTable => ({
	module: 'house',
	table,
	describe: 'house:tables.user_settings',
	export: async () => [],
	erase: async () => ({ erased: 0 }),
	...values
});

let made: ReturnType<typeof make>;
beforeEach(() => {
	made = make();
});

test('every switch has a bit of its own', () => {
	const bits = optOutFeatures.map((feature) => optOutBits[feature]);
	expect(bits.every((bit) => Number.isInteger(Math.log2(bit)))).toBe(true);
	expect(new Set(bits).size).toBe(optOutFeatures.length);
	expect(Object.keys(optOutBits).sort()).toEqual([...optOutFeatures].sort());
	expect(isOptedOut(optOutBits.names | optOutBits.seen, 'seen')).toBe(true);
	expect(isOptedOut(optOutBits.names, 'seen')).toBe(false);
});

test('while the switches are not known nothing is stored', async () => {
	expect(made.service.isOptedOut('1', 'seen')).toBe(true);
	await made.optOuts.load();
	expect(made.service.isOptedOut('1', 'seen')).toBe(false);
});

test('whoever disagreed to everything counts as opted out of each', async () => {
	await made.optOuts.load();
	made.declined.add('1');
	expect([made.service.isOptedOut('1', 'seen'), await made.service.hasOptedOut('1', 'levels')]).toEqual([true, true]);
	expect([made.service.isOptedOut('2', 'seen'), await made.service.hasOptedOut('2', 'levels')]).toEqual([false, false]);
	expect(await made.service.switches('1')).toBe(0);
});

test('opting out deletes what is stored for that feature and no other', async () => {
	const deleted: string[] = [];
	made.registry.onOptOut('names', async (_, userId) => deleted.push(`names of ${userId}`));
	made.registry.onOptOut('names', async () => 5);
	made.registry.onOptOut('seen', async () => deleted.push('seen'));
	expect(await made.service.setOptOut('1', 'names', true)).toEqual({ ok: true, value: { erased: 6 } });
	expect(deleted).toEqual(['names of 1']);
	expect(made.recorded).toEqual(['privacy.optOut 1']);
	expect([made.service.isOptedOut('1', 'names'), made.service.isOptedOut('1', 'seen'), made.service.isOptedOut('2', 'names')]).toEqual([
		true,
		false,
		false
	]);
});

test('a switch that is so already is refused and changes nothing', async () => {
	expect(await made.service.setOptOut('1', 'seen', false)).toEqual({ ok: false, code: 'already-off' });
	await made.service.setOptOut('1', 'seen', true);
	expect(await made.service.setOptOut('1', 'seen', true)).toEqual({ ok: false, code: 'already-on' });
	expect(made.recorded).toEqual(['privacy.optOut 1']);
});

test('opting in again deletes nothing and leaves the other switches alone', async () => {
	made.registry.onOptOut('seen', async () => 1);
	await made.service.setOptOut('1', 'seen', true);
	await made.service.setOptOut('1', 'names', true);
	expect(await made.service.setOptOut('1', 'seen', false)).toEqual({ ok: true, value: { erased: 0 } });
	expect(await made.service.switches('1')).toBe(optOutBits.names);
});

test('when the deletion fails the switch stays as it was: both or neither', async () => {
	made.registry.onOptOut('seen', () => Promise.reject(new Error('away')));
	await expect(made.service.setOptOut('1', 'seen', true)).rejects.toThrow('away');
	expect(made.service.isOptedOut('1', 'seen')).toBe(false);
});

test('the export names each table with its purpose and time, in JSON, and leaves out what is empty', async () => {
	made.registry.person(aTable('empty'));
	made.registry.person(
		aTable('full', {
			export: async (userId) => [{ userId: BigInt(userId), at: new Date(0) }],
			retention: { days: 7, purge: async () => 0 }
		})
	);
	made.registry.person(aTable('other', { module: 'afk', export: async () => [{ a: 1 }, { a: 2 }] }));
	const data = await made.service.export('12', (key) => `<${key}>`);
	const about = '<house:tables.user_settings>';
	expect(data).toEqual({
		house: { full: { about, keptForDays: 7, rows: [{ userId: '12', at: '1970-01-01T00:00:00.000Z' }] } },
		afk: { other: { about, keptForDays: null, rows: [{ a: 1 }, { a: 2 }] } }
	});
	expect(countRows(data)).toBe(3);
	const file = await dataFile(data, '12', 0);
	expect(JSON.parse(file?.bytes.toString('utf8') ?? '')).toEqual({ user: '12', exportedAt: '1970-01-01T00:00:00.000Z', modules: data });
});

test('a big export is packed, one that fits nowhere is none', async () => {
	const table = (rows: readonly unknown[]) => ({ m: { t: { about: '', keptForDays: null, rows } } });
	const sizes = { plainAtMost: 1_000, fileAtMost: 2_000 };
	const packed = await dataFile(table(Array.from({ length: 500 }, () => ({ text: 'the same words' }))), '1', 0, sizes);
	expect(packed?.name).toBe('evict-data-1.json.gz');
	expect(JSON.parse(gunzipSync(packed?.bytes ?? '').toString('utf8'))).toMatchObject({ user: '1' });
	const noise = randomBytes(4_000).toString('base64');
	expect(await dataFile(table([noise]), '1', 0, sizes)).toBeNull();
});

test('forgetting goes through every table, says what stays, and tells memory', async () => {
	made.registry.person(aTable('a', { erase: async () => ({ erased: 2 }) }));
	made.registry.person(aTable('b', { erase: async () => ({ erased: 1, kept: { count: 4, reason: 'house:kept.opt-out' } }) }));
	made.registry.person(aTable('c'));
	made.registry.keptInMemory('a', 'slot of a');
	made.registry.keptInMemory('b', 'slot of b');
	made.registry.keptInMemory('c', 'slot of c');
	expect(await made.service.forget('1')).toEqual({
		erased: 3,
		kept: [{ table: 'b', count: 4, reason: 'house:kept.opt-out' }],
		failed: []
	});
	expect(made.recorded).toEqual(['slot of a 1', 'slot of b 1']);
});

test('a table that fails is named, reported, and does not keep the others', async () => {
	made.registry.person(aTable('bad', { erase: () => Promise.reject(new Error('locked')) }));
	made.registry.person(aTable('good', { erase: async () => ({ erased: 1 }) }));
	expect(await made.service.forget('1')).toEqual({ erased: 1, kept: [], failed: ['bad'] });
	expect(made.reported).toEqual(['bad: locked']);
});

test('a table registered twice stops the start', () => {
	made.registry.person(aTable('a'));
	expect(() => made.registry.person(aTable('a'))).toThrow('"a" is registered twice');
});
