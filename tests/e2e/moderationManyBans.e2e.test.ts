import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.js';
import { sharedHouse } from '../support/sharedHouse.js';

const shared = sharedHouse();

/** Three commands a moderator and eight a channel in five seconds: so many of each for a hundred at once. */
const moderators = Array.from({ length: 34 }, (_, index) => `mod${index}`);
const rooms = Array.from({ length: 13 }, (_, index) => `room-${index}`);
const raiders = Array.from({ length: 100 }, (_, index) => `raider${index}`);

test('100 people are banned at once by 34 moderators: 100 cases, numbered without gap or double', { timeout: 120_000 }, async () => {
	const guild = await shared.house.discord.guild({
		members: [...raiders, ...moderators],
		channels: rooms,
		roles: [{ name: 'Mods', permissions: String(1 << 2), holders: moderators }]
	});
	const prisma = shared.db;
	const person = (name: string) => {
		const found = guild.members.find((member) => member.name === name);
		if (found === undefined) throw new Error(`The server has no ${name}`);
		return found;
	};
	await Promise.all(
		raiders.map((name, index) => {
			const mod = person(moderators[Math.floor(index / 3)] ?? '');
			const room = guild.channel(rooms[index % rooms.length] ?? '');
			return mod.api.post(`/channels/${room.id}/messages`, { content: `;ban <@${person(name).id}> raid` });
		})
	);
	const where = { guildId: BigInt(guild.id) };
	await eventually('all have a case', async () => (await prisma.moderationCase.count({ where })) === 100, 90_000);
	const rows = await prisma.moderationCase.findMany({ where, orderBy: { number: 'asc' } });
	expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
	expect(new Set(rows.map(({ userId }) => `${userId}`)).size).toBe(100);
	const bans: unknown = await guild.owner.api.get(`/guilds/${guild.id}/bans`);
	expect(Array.isArray(bans) && bans.length).toBe(100);
});
