import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { courtroom } from '../support/courtroom.js';
import { type KillableHouse, killAtEveryStep, openKillableHouse } from '../support/killAtEveryStep.js';

// A start for each step, on a machine that may be busy.
vi.setConfig({ testTimeout: 360_000, hookTimeout: 60_000 });

let killable: KillableHouse;
let db: PrismaClient;

beforeAll(async () => {
	killable = await openKillableHouse({ redis: process.env['TEST_REDIS_URL'] !== undefined });
	db = (await killable.house.database.open()).prisma;
});
afterAll(async () => {
	try {
		expect(await db.errorReport.findMany({ select: { code: true } })).toEqual([]);
		await killable.house.discord.expectNoFaults();
	} finally {
		await killable[Symbol.asyncDispose]();
	}
});

test('who is banned has one case, and who has a case is banned, wherever the bot dies', async () => {
	const court = await courtroom(killable, db);
	const steps = await killAtEveryStep(
		killable,
		{
			begin: async () => court.next(),
			steps: [
				{
					act: ({ mod, channel, target }) => mod.send(channel, `;ban ${target.mention} spam`),
					async done({ mod, channel }) {
						await mod.expectMessage(channel, /was banned/);
						await court.settled();
					}
				}
			]
		},
		async (round) => {
			const { target } = round;
			await court.afterwards();
			const bans = await court.done(new RegExp(`bans/${target.id}$`));
			expect(bans.length).toBeLessThanOrEqual(1);
			expect(await court.isBanned(target)).toBe(bans.length === 1);
			const one = await court.oneCase(target, bans.length === 1);
			if (one !== undefined) expect(one).toMatchObject({ type: 'ban', reason: 'spam', state: 'active', moderatorId: BigInt(round.mod.id) });
			expect(await court.answers(round, /was banned/)).toBeLessThanOrEqual(bans.length);
			expect((await court.told(target)).length).toBeLessThanOrEqual(bans.length);
		}
	);
	expect(steps).toEqual(expect.arrayContaining([expect.stringContaining('discord: PUT'), expect.stringContaining('COMMIT')]));
});

test('who is banned for an hour comes back after it, once and in time, wherever the bot dies', async () => {
	const court = await courtroom(killable, db);
	const steps = await killAtEveryStep(
		killable,
		{
			begin: async () => court.next(),
			steps: [
				{
					act: ({ mod, channel, target }) => mod.send(channel, `;tempban ${target.mention} 1h raid`),
					async done({ mod, channel }) {
						await mod.expectMessage(channel, /was banned/);
						await court.settled();
					}
				},
				{ act: ({ target }) => court.comesToItsEnd(target), done: () => court.settled() }
			]
		},
		async (round) => {
			const { target } = round;
			await court.afterwards();
			expect(await court.isBanned(target)).toBe(false);
			const requests = await court.done(new RegExp(`bans/${target.id}$`));
			const happened = requests.length > 0;
			expect(requests.map(({ what }) => what.split(' ')[0])).toEqual(happened ? ['PUT', 'DELETE'] : []);
			const one = await court.oneCase(target, happened);
			if (one === undefined) return;
			expect(one).toMatchObject({ type: 'ban', reason: 'raid', state: 'expired' });
			court.expectInTime(requests.at(-1)?.at, one.expiresAt);
			expect((await court.logged(one.number))[0]?.text).toContain('its time is over');
			const events = await db.caseEvent.findMany({ where: { guildId: one.guildId, number: one.number }, select: { kind: true } });
			expect(events).toEqual([{ kind: 'expired' }]);
			expect(await court.answers(round, /was banned/)).toBeLessThanOrEqual(1);
		}
	);
	expect(steps).toEqual(expect.arrayContaining([expect.stringContaining('discord: PUT'), expect.stringContaining('discord: DELETE')]));
});

test('a softban never stays a ban, wherever the bot dies', async () => {
	const court = await courtroom(killable, db);
	await killAtEveryStep(
		killable,
		{
			begin: async () => court.next(),
			steps: [
				{
					act: ({ mod, channel, target }) => mod.send(channel, `;softban ${target.mention} spam`),
					async done({ mod, channel }) {
						await mod.expectMessage(channel, /was kicked/);
						await court.settled();
					}
				}
			]
		},
		async (round) => {
			const { target } = round;
			await court.afterwards();
			expect(await court.isBanned(target)).toBe(false);
			const requests = (await court.done(new RegExp(`bans/${target.id}$`))).map(({ what }) => what.split(' ')[0]);
			const happened = requests.length > 0;
			// Cut between its two steps it is begun again: Discord takes a second ban as none.
			expect([[], ['PUT', 'DELETE'], ['PUT', 'PUT', 'DELETE']]).toContainEqual(requests);
			await court.oneCase(target, happened);
		}
	);
});
