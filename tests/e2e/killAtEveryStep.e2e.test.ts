import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { PrismaClient } from '#generated/prisma/client.js';
import type { SeenMessage, UserDriver } from '../../emulator/driver/index.js';
import { eventually } from '../support/eventually.js';
import { type KillableHouse, killAtEveryStep, openKillableHouse } from '../support/killAtEveryStep.js';

// A start for each step, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let killable: KillableHouse;
let db: PrismaClient;
let general: { readonly id: string };
let rounds = 0;

beforeAll(async () => {
	killable = await openKillableHouse({ redis: process.env['TEST_REDIS_URL'] !== undefined });
	const { house } = killable;
	db = (await house.database.open()).prisma;
	general = house.discord.home.channel('general');
});
afterAll(async () => {
	try {
		await killable.house.discord.expectNoFaults();
	} finally {
		await killable[Symbol.asyncDispose]();
	}
});

/** A person with a fresh cooldown, and a word that nobody else says. */
async function newcomer(): Promise<{ ana: UserDriver; word: string }> {
	const { home } = killable.house.discord;
	const word = `word${++rounds}`;
	const ana = await killable.house.discord.user(`ana${rounds}`);
	const invite = Object(await home.owner.api.post(`/channels/${general.id}/invites`, { max_uses: 1 }));
	await ana.join(String(invite.code));
	await ana.connect();
	return { ana, word };
}

/** What the bot has said to somebody, and how often. */
async function heard(ana: UserDriver, place: { readonly id: string }, fits: (message: SeenMessage) => boolean): Promise<number> {
	return (await ana.messages(place)).filter((message) => message.isBot && fits(message)).length;
}

test('a reminder that was promised comes exactly once, wherever the bot dies', async () => {
	const isReminder = (word: string) => (message: SeenMessage) => message.content.includes('⏰') && message.content.includes(word);
	const steps = await killAtEveryStep(
		killable,
		{
			begin: newcomer,
			steps: [
				{
					act: ({ ana, word }) => ana.send(general, `;remind 5m ${word}`),
					done: ({ ana }) => ana.expectMessage(general, (message) => message.text.includes('I will remind you'))
				},
				{
					act: () => killable.house.passTime({ minutes: 5 }),
					async done({ ana, word }) {
						await ana.expectMessage(general, isReminder(word));
						await eventually('it is put away', async () => (await db.scheduledTask.count()) === 0);
					}
				}
			]
		},
		async ({ ana, word }) => {
			const { id } = ana;
			const isPromise = (message: SeenMessage) => message.text.includes('I will remind you') && message.text.includes(word);
			const [promised, stored] = [await heard(ana, general, isPromise), await db.reminder.count({ where: { userId: BigInt(id) } })];
			expect(promised).toBeLessThanOrEqual(stored);
			await eventually('nothing is due any more', async () => (await db.scheduledTask.count()) === 0);
			expect(await db.reminder.count({ where: { userId: BigInt(id), sentAt: null } })).toBe(0);
			expect(await heard(ana, general, isReminder(word))).toBe(stored);
		}
	);
	expect(steps).toEqual(expect.arrayContaining([expect.stringContaining('COMMIT'), expect.stringContaining('discord: POST')]));
});

/** Says something, again and again until it is noticed: the bot's clock may not have followed yet, or it has only just started. */
async function comesBack(ana: UserDriver, place: { readonly id: string }): Promise<void> {
	const isAway = async () => (await db.afk.count({ where: { userId: BigInt(ana.id) } })) > 0;
	while (await isAway()) {
		await ana.send(place, 'hello');
		await eventually('it is noticed', async () => !(await isAway()), 500).catch(() => undefined);
	}
}

test('an absence that was noted lasts until its person is back, and ends once', async () => {
	const isNoted = (message: SeenMessage) => message.text.includes('AFK with the status');
	const isWelcome = (message: SeenMessage) => message.text.includes('Welcome back');
	await killAtEveryStep(
		killable,
		{
			async begin() {
				const { home } = killable.house.discord;
				const { id } = Object(await home.owner.api.post(`/guilds/${home.id}/channels`, { name: `kitchen${rounds}`, type: 0 }));
				return { ...(await newcomer()), place: { id: String(id) } };
			},
			steps: [
				{ act: ({ ana, place }) => ana.send(place, ';afk lunch'), done: ({ ana, place }) => ana.expectMessage(place, isNoted) },
				{
					// The first messages after the command do not count as being back.
					act: () => killable.house.passTime({ minutes: 1 }),
					async done({ ana, place }) {
						await comesBack(ana, place);
						await eventually('the return is told', async () => (await heard(ana, place, isWelcome)) === 1);
					}
				}
			]
		},
		async ({ ana, place }) => {
			const { steps } = killable.killer;
			const count = (word: string) => steps.filter((step) => step.includes(word)).length;
			// Who dies between forgetting the absence and saying so leaves that unsaid.
			const expected = count('COMMIT') === 0 || (count('COMMIT') === 2 && count('discord: POST') < 2) ? 0 : 1;
			await comesBack(ana, place);
			await eventually('the return is told', async () => (await heard(ana, place, isWelcome)) === expected);
			expect(await heard(ana, place, isNoted)).toBeLessThanOrEqual(1);
		}
	);
});

test('a prefix that was changed stays changed, and its record with it', async () => {
	await killAtEveryStep(
		killable,
		{
			async begin() {
				const guild = await killable.house.discord.guild();
				await eventually('the server is stored', async () => (await db.guild.count({ where: { guildId: BigInt(guild.id) } })) === 1);
				return { ...guild, place: guild.channel('general') };
			},
			steps: [
				{
					act: ({ owner, place }) => owner.send(place, ';prefix !'),
					done: ({ owner, place }) => owner.expectMessage(place, 'The prefix is `!` now')
				}
			]
		},
		async ({ id, owner, place }) => {
			const where = { guildId: BigInt(id) };
			const [stored, recorded] = [await db.guildPrefix.count({ where: { ...where, prefix: '!' } }), await db.configChange.count({ where })];
			expect(recorded).toBe(stored);
			expect(await heard(owner, place, (message) => message.text.includes('The prefix is `!` now'))).toBeLessThanOrEqual(stored);
			await owner.send(place, stored === 1 ? '!uptime' : ';uptime');
			await owner.expectMessage(place, (message) => message.isBot && message.text !== '');
		}
	);
});
