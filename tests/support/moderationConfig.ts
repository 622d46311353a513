import type { Prisma, PrismaClient } from '#generated/prisma/client.js';
import { eventually } from './eventually.js';

/** Sets up moderation in a server without asking the bot, as soon as that has stored the server. */
export async function configureModeration(
	db: PrismaClient,
	guild: { readonly id: string },
	config: Omit<Prisma.ModerationConfigUncheckedCreateInput, 'guildId'>
): Promise<void> {
	const guildId = BigInt(guild.id);
	await eventually('the server is stored', async () => (await db.guild.count({ where: { guildId } })) === 1);
	await db.moderationConfig.create({ data: { guildId, ...config } });
}
