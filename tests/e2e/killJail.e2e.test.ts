import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import { courtroom } from '../support/courtroom.js';
import { type KillableHouse, killAtEveryStep, openKillableHouse } from '../support/killAtEveryStep.js';
import { asks } from '../support/staff.js';

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

test('who is in jail for an hour has all his roles again after it, wherever the bot dies', async () => {
	let jail = { id: '' };
	const court = await courtroom(killable, db, {
		holding: ['Bakers', 'Singers'],
		async setUp({ guild, owner }) {
			const room = guild.channel('room-1');
			await asks(owner, room, ';setmod', /The jail is ready/);
			const { jailChannelId, logChannelId } = await db.moderationConfig.findUniqueOrThrow({ where: { guildId: BigInt(guild.id) } });
			jail = { id: String(jailChannelId) };
			return { id: String(logChannelId) };
		}
	});
	await court.settled();
	const { crew } = court;
	const before = ['Bakers', 'Singers'].map((name) => crew.role(name).id).sort();
	await killAtEveryStep(
		killable,
		{
			begin: async () => court.next(),
			steps: [
				{
					act: ({ mod, channel, target }) => mod.send(channel, `;jail ${target.mention} 1h loud`),
					async done({ mod, channel }) {
						await mod.expectMessage(channel, /is in jail/);
						await court.settled();
					}
				},
				{ act: ({ target }) => court.comesToItsEnd(target), done: () => court.settled() }
			]
		},
		async (round) => {
			const { target } = round;
			await court.afterwards();
			const member = Object(await crew.owner.api.get(`/guilds/${court.id}/members/${target.id}`));
			expect([...member.roles].sort()).toEqual(before);
			const changes = await court.done(new RegExp(`members/${target.id}`));
			const happened = changes.length > 0;
			// Put there once, and let out once.
			expect(changes).toHaveLength(happened ? 2 : 0);
			const one = await court.oneCase(target, happened);
			expect(await db.jailEntry.count({ where: { guildId: BigInt(court.id) } })).toBe(0);
			const calls = (await crew.owner.messages(jail)).filter(({ isBot, mentions }) => isBot && mentions.includes(target.id));
			expect(calls).toHaveLength(happened ? 1 : 0);
			expect(await court.answers(round, /is in jail/)).toBeLessThanOrEqual(happened ? 1 : 0);
			if (one === undefined) return;
			expect(one).toMatchObject({ type: 'jail', reason: 'loud', state: 'expired' });
			court.expectInTime(changes.at(-1)?.at, one.expiresAt);
			expect((await court.logged(one.number))[0]?.text).toContain('its time is over');
		}
	);
});
