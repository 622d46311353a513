import type { Transaction } from './repository.js';

/**
 * Holds the row of a server until the transaction ends, so that two changes of its settings come one after the other. The row is
 * there since READY, unless the database was away then: it is made. `now` in milliseconds.
 */
export async function lockGuild(tx: Transaction, guildId: string, now: number): Promise<void> {
	const id = BigInt(guildId);
	await tx.guild.createMany({ data: [{ guildId: id, joinedAt: new Date(now) }], skipDuplicates: true });
	await tx.$queryRaw`/* settings: lock */ SELECT 1 FROM guild WHERE guild_id = ${id} FOR NO KEY UPDATE`;
}
