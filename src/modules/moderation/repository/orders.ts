import type { Transaction } from '#lib/data/transaction.js';
import type { ChannelMove } from '#lib/settings/channelReferences.js';
import { timerKinds } from './timerKinds.js';

/** Orders under way that are about somebody in the channel. The one that lets the channel be replaced goes on being about the old one. */
export async function ordersFollow(tx: Transaction, { guildId, from, to }: ChannelMove): Promise<void> {
	await tx.$executeRaw`/* moderation: follow */ UPDATE scheduled_task SET payload = jsonb_set(payload, '{channelId}', to_jsonb(${to}::text))
		WHERE kind = ${timerKinds.finish} AND guild_id = ${BigInt(guildId)} AND payload->>'channelId' = ${from} AND payload->>'type' <> 'nuke'`;
}
