import { expect, test } from 'vitest';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { Retention } from '#modules/house/retention.js';

const day = 86_400_000;
const now = 1_000 * day;

function make(options: { left?: readonly string[]; cameBack?: readonly string[] } = {}) {
	const privacy = new PrivacyRegistry();
	const reported: string[] = [];
	const said: string[] = [];
	const retention = new Retention({
		privacy,
		report: (error, table) => reported.push(`${table}: ${error instanceof Error ? error.message : ''}`),
		guilds: {
			leftBefore: async (before) => {
				said.push(`left before ${(now - before) / day} days`);
				return options.left ?? [];
			},
			removeLeft: async (guildId) => {
				said.push(`remove ${guildId}`);
				return !options.cameBack?.includes(guildId);
			}
		}
	});
	return { privacy, retention, reported, said };
}

/** A table with `rows` old rows. */
function table(name: string, rows: number, days = 30) {
	const asked: { before: number; limit: number }[] = [];
	let left = rows;
	const purge = async (before: number, limit: number): Promise<number> => {
		asked.push({ before, limit });
		const count = Math.min(left, limit);
		left -= count;
		return count;
	};
	return { asked, entry: { table: name, retention: { days, purge } } };
}

test('old rows go in bounded batches until none is left, each table by its own time', async () => {
	const { privacy, retention } = make();
	const big = table('big', 2_500, 7);
	privacy.retain(big.entry);
	expect(await retention.runDaily(now)).toEqual({ rows: { big: 2_500 }, guilds: 0, failed: [] });
	expect(big.asked).toEqual([0, 1, 2].map(() => ({ before: now - 7 * day, limit: 1_000 })));
});

test('a full last batch is asked once more', async () => {
	const { privacy, retention } = make();
	const exact = table('exact', 1_000);
	privacy.retain(exact.entry);
	await retention.runDaily(now);
	expect(exact.asked).toHaveLength(2);
});

test('one table that fails does not keep the others, and is named', async () => {
	const { privacy, retention, reported } = make({ left: ['1'] });
	privacy.retain({ table: 'bad', retention: { days: 1, purge: () => Promise.reject(new Error('locked')) } });
	privacy.retain(table('good', 3).entry);
	expect(await retention.runDaily(now)).toEqual({ rows: { good: 3 }, guilds: 1, failed: ['bad'] });
	expect(reported).toEqual(['bad: locked']);
});

test('a server left over 30 days ago goes with its rows in tables without a foreign key', async () => {
	const { privacy, retention, said } = make({ left: ['1', '2'], cameBack: ['2'] });
	privacy.guild({
		table: 'loose',
		purge: async (guildId, limit) => {
			said.push(`purge ${guildId} ${limit}`);
			return 0;
		}
	});
	expect((await retention.runDaily(now)).guilds).toBe(1);
	expect(said).toEqual(['left before 30 days', 'purge 1 1000', 'remove 1', 'purge 2 1000', 'remove 2']);
});

test('run twice it finds nothing the second time', async () => {
	const { privacy, retention } = make();
	privacy.retain(table('t', 10).entry);
	await retention.runDaily(now);
	expect(await retention.runDaily(now)).toEqual({ rows: {}, guilds: 0, failed: [] });
});
