import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { GuildHandle, SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { type KillableHouse, killAtEveryStep, openKillableHouse } from '../support/killAtEveryStep.js';
import { asks } from '../support/staff.js';

// A start for each step, on a machine that may be busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

let killable: KillableHouse;
let db: PrismaClient;
const raiders: UserDriver[] = [];

const count = 500;
/** Discord: at most this many in one request. */
const bulk = 200;

beforeAll(async () => {
	killable = await openKillableHouse({ redis: process.env['TEST_REDIS_URL'] !== undefined });
	const { discord, database } = killable.house;
	db = (await database.open()).prisma;
	while (raiders.length < count)
		raiders.push(...(await Promise.all(Array.from({ length: 50 }, (_, index) => discord.user(`raider${raiders.length + index}`)))));
});
afterAll(async () => {
	try {
		expect(await db.errorReport.findMany({ select: { code: true } })).toEqual([]);
		await killable.house.discord.expectNoFaults();
	} finally {
		await killable[Symbol.asyncDispose]();
	}
});

interface Raid {
	readonly guild: GuildHandle;
	readonly owner: UserDriver;
	readonly general: { readonly id: string };
	readonly log: { readonly id: string };
}

/** A server with a log channel; the raiders are the same in each. */
async function begin(): Promise<Raid> {
	const guild = await killable.house.discord.guild({ members: [], channels: ['general', 'mod-log'] });
	const [general, log] = [guild.channel('general'), guild.channel('mod-log')];
	await asks(guild.owner, log, `;modlog <#${log.id}>`, /Cases are now shown here/);
	return { guild, owner: guild.owner, general, log };
}

async function said({ owner }: Raid, where: { readonly id: string }, what: RegExp): Promise<readonly SeenMessage[]> {
	return (await owner.messages(where)).filter(({ isBot, text }) => isBot && what.test(text));
}

/** Waits until nothing is due in that server any more. */
async function settled({ guild }: Raid): Promise<void> {
	const where = { guildId: BigInt(guild.id), failedAt: null };
	await eventually('nothing is left to be done', async () => (await db.scheduledTask.count({ where })) === 0, 60_000);
}

/** Whom the audit log says to have been banned: each as often as he was. */
async function banned({ guild, owner }: Raid): Promise<readonly string[]> {
	const found: string[] = [];
	for (let before = ''; ; ) {
		const page = Object(await owner.api.get(`/guilds/${guild.id}/audit-logs?action_type=22&limit=100${before}`)).audit_log_entries;
		found.push(...page.map((entry: unknown) => String(Object(entry).target_id)));
		if (page.length < 100) return found;
		before = `&before=${Object(page.at(-1)).id}`;
	}
}

test('a mass ban that was begun bans each of 500 once, and has one case and one end, wherever the bot dies', async () => {
	const ids = raiders.map(({ id }) => id);
	const steps = await killAtEveryStep(
		killable,
		{
			begin,
			steps: [
				{
					act: ({ owner, general }) => owner.send(general, ';massban raid', [{ name: 'raid.txt', data: ids.join('\n') }]),
					done: ({ owner, general }) => owner.expectMessage(general, /Ban 500 people\?/)
				},
				{
					async act(raid) {
						const [question] = await said(raid, raid.general, /Ban 500 people\?/);
						if (question !== undefined) await raid.owner.click(question, 'Yes');
					},
					async done(raid) {
						await eventually('its end is shown', async () => (await said(raid, raid.general, /Finished\./)).length === 1, 30_000);
						await settled(raid);
					}
				}
			]
		},
		async (raid) => {
			await settled(raid);
			const { guild, general, log } = raid;
			const where = { guildId: BigInt(guild.id) };
			const jobs = await db.job.findMany({ where });
			const begun = jobs.length > 0;
			expect(jobs).toHaveLength(begun ? 1 : 0);
			expect([...(await banned(raid))].sort()).toEqual(begun ? [...ids].sort() : []);
			const cases = await db.moderationCase.findMany({ where });
			expect(cases).toHaveLength(begun ? 1 : 0);
			expect(await said(raid, log, /Case #1 \|/)).toHaveLength(begun ? 1 : 0);
			const [job] = jobs;
			if (job === undefined) return;
			expect(job).toMatchObject({ state: 'done', total: count, done: count, failed: 0, skipped: 0 });
			expect(cases).toMatchObject([{ number: 1, type: 'massban', reason: 'raid', details: { total: count, done: count } }]);
			expect(await said(raid, general, /Finished\./)).toHaveLength(1);
		}
	);
	const lumps = steps.filter((step) => step.includes('bulk-ban'));
	expect(lumps).toHaveLength(Math.ceil(count / bulk));
});
