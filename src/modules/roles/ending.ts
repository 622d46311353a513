import type { Transaction } from '#lib/data/transaction.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { forgetTemporary, temporarySlot } from './repository.js';

export interface Lost {
	readonly guildId: string;
	readonly userId: string;
	readonly roleIds: readonly string[];
	/** Null: the bot of its own accord. */
	readonly actorId: string | null;
	/** The type of what ended it. */
	readonly by: string;
}

/** Ends what is kept of roles for a time, with the cases that only wait for their end. In the transaction of what ended it. */
export type EndTemporary = (tx: Transaction, lost: Lost, announce: RecordChange) => Promise<void>;

export function temporaryEnd({ end }: Pick<ModerationServices, 'end'>): EndTemporary {
	return async (tx, { guildId, userId, roleIds, actorId, by }, announce) => {
		if (roleIds.length === 0) return;
		const forgotten = await forgetTemporary(tx, { guildId, userId }, roleIds);
		if (forgotten.length === 0) return;
		for (const { number: only, isOver } of forgotten) {
			if (isOver) await end(tx, { guildId, actorId, about: { userIds: [userId] }, only, types: ['role'], by });
		}
		await announce(temporarySlot, guildId, { guildId: null });
	};
}
