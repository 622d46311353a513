import { type REST, Routes } from 'discord.js';

/** Deletes a message of ours that is not true any more. What was done besides does not depend on it: when it cannot be deleted, it stays. */
export async function takeBack(
	rest: Pick<REST, 'delete'>,
	{ channelId, messageId }: { readonly channelId: string; readonly messageId: string }
): Promise<void> {
	try {
		await rest.delete(Routes.channelMessage(channelId, messageId));
	} catch (error) {
		if (!(error instanceof Error)) throw error;
	}
}
