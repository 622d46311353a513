import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Timers } from '#lib/timers/timers.js';
import { renewAfterMs, renewalKey } from '../domain/mute.js';
import { timerKinds } from './record.js';

export interface RenewalRepository {
	/** Sees to it that a time-out set at `now` is set again before Discord ends it. */
	plan(guildId: string, userId: string, now: number, tx?: Transaction): Promise<void>;
}

export function renewalRepository({ prisma }: Pick<Database, 'prisma'>, timers: Pick<Timers, 'schedule'>): RenewalRepository {
	return {
		plan: (guildId, userId, now, tx = prisma) =>
			timers.schedule(tx, { kind: timerKinds.renew, key: renewalKey(guildId, userId), guildId, dueAt: now + renewAfterMs })
	};
}
