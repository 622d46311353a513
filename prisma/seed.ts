// npm run seed: a server with everything switched on, for trying things by hand. May be run again and again.
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#generated/prisma/client.js';
import { sessionOptions } from '#lib/data/connection.js';
import { deployMigrations } from '#lib/data/migrations/deploy.js';
import { withConnection } from '../scripts/withConnection.js';

/** Pass the ids of a server, a channel and two members of your own; these are made up. */
const [guild = '100000000000000001', channel = '100000000000000002', owner = '100000000000000003', member = '100000000000000004'] =
	process.argv.slice(2);
const [guildId, channelId, ownerId, memberId] = [BigInt(guild), BigInt(channel), BigInt(owner), BigInt(member)];
const day = 86_400_000;

async function seed(prisma: PrismaClient): Promise<void> {
	const now = new Date();
	await prisma.guild.upsert({
		where: { guildId },
		create: { guildId, joinedAt: now, locale: 'en-US' },
		update: { leftAt: null, locale: 'en-US' }
	});
	await prisma.guildPrefix.upsert({ where: { guildId }, create: { guildId, prefix: '!' }, update: { prefix: '!' } });
	await prisma.selfPrefix.upsert({ where: { userId: ownerId }, create: { userId: ownerId, prefix: '?' }, update: { prefix: '?' } });
	await seedPerson(prisma, ownerId, now);
	await seedPerson(prisma, memberId, now);
	const away = { reason: 'asleep', since: now, mentions: 0 };
	await prisma.afk.upsert({
		where: { guildId_userId: { guildId, userId: memberId } },
		create: { guildId, userId: memberId, ...away },
		update: away
	});
	await seedReminder(prisma, now);
}

async function seedPerson(prisma: PrismaClient, userId: bigint, now: Date): Promise<void> {
	const settings = { locale: 'en-US', timezone: 'Europe/Berlin', consent: 'accepted', consentVersion: 1, consentAt: now } as const;
	await prisma.userSettings.upsert({ where: { userId }, create: { userId, ...settings }, update: settings });
	const seen = { at: now, channelId };
	await prisma.lastSeen.upsert({ where: { guildId_userId: { guildId, userId } }, create: { guildId, userId, ...seen }, update: seen });
	const known = await prisma.nameHistory.count({ where: { userId, value: 'an-older-name' } });
	if (known === 0)
		await prisma.nameHistory.create({
			data: { userId, kind: 'username', value: 'an-older-name', changedAt: new Date(now.getTime() - day) }
		});
}

/** One reminder, in a day. */
async function seedReminder(prisma: PrismaClient, now: Date): Promise<void> {
	const text = 'look at the example data';
	if ((await prisma.reminder.count({ where: { userId: ownerId, text } })) > 0) return;
	const dueAt = new Date(now.getTime() + day);
	await prisma.$transaction(async (tx) => {
		const { id } = await tx.reminder.create({ data: { userId: ownerId, guildId, channelId, text, dueAt, createdAt: now } });
		await tx.scheduledTask.create({ data: { kind: 'reminderDue', key: String(id), guildId, dueAt, payload: { id } } });
	});
}

await withConnection(async (connection) => {
	await deployMigrations(connection);
	const prisma = new PrismaClient({ adapter: new PrismaPg({ ...connection, ...sessionOptions, max: 1 }) });
	try {
		await seed(prisma);
		process.stdout.write(`Server ${guild} is set up.\n`);
	} finally {
		await prisma.$disconnect();
	}
});
