import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import { discordFailure } from '#lib/jobs/failure.js';
import type { ItemResult, Job, JobItem, JobKind } from '#lib/jobs/types.js';
import { clearNicksKind } from '../ids.js';
import type { RestrictionDiscord, Who } from '../ports.js';
import type { RestrictionRepository } from '../repository/restrictions.js';

export interface ClearNicksParts {
	readonly rows: Pick<RestrictionRepository, 'find'>;
	/** Takes the lock of a nickname away, and ends its case. */
	readonly unlock: (who: Who, actorId: string) => Promise<void>;
	readonly discord: Pick<RestrictionDiscord, 'nickOf' | 'setNickname'>;
	readonly alone: <T>(who: Who, work: () => Promise<T>) => Promise<T>;
	readonly reasonFor: (guildId: string, actorId: string) => Promise<string>;
	/** Writes the one case of it all, in the transaction that ends the job. */
	readonly record: NonNullable<JobKind['finish']>;
	readonly wake: () => void;
}

/** Unlocks every nickname of a server and takes it away, one member after the other. */
export function clearNicksJob(parts: ClearNicksParts): JobKind {
	return {
		kind: clearNicksKind,
		module: 'restrictions',
		run: (items, job) => Promise.all(items.map((item) => clear(parts, item, job))),
		async finish(tx, job) {
			if (job.done + job.failed > 0) await parts.record(tx, job);
		},
		async finished() {
			parts.wake();
		}
	};
}

async function clear(parts: ClearNicksParts, item: JobItem, job: Job): Promise<ItemResult> {
	const who = { guildId: job.guildId, userId: item.key };
	try {
		return await parts.alone(who, () => clearAlone(parts, who, job));
	} catch (error) {
		if (!(error instanceof LockTimeoutError)) throw error;
		return { key: item.key, state: 'failed', why: 'busy' };
	}
}

/** The lock goes last: who is stopped before that begins again. It goes also where the nickname has to stay. */
async function clearAlone({ rows, discord, reasonFor, unlock }: ClearNicksParts, who: Who, job: Job): Promise<ItemResult> {
	const key = who.userId;
	const row = await rows.find(who, 'forcenick');
	if (row === null) return { key, state: 'skipped' };
	// A nickname that is not ours any more is left alone.
	const isOurs = row.value !== null && (await discord.nickOf(who)) === row.value;
	const why = isOurs ? await refusalOf(discord.setNickname(who.guildId, key, null, await reasonFor(job.guildId, job.actorId))) : null;
	await unlock(who, job.actorId);
	return why === null || why === 'unknown-member' ? { key, state: 'done' } : { key, state: 'failed', why };
}

/** Why Discord refused; null when it did not. Throws when Discord is away: then it is tried again. */
async function refusalOf(work: Promise<void>): Promise<string | null> {
	try {
		await work;
		return null;
	} catch (error) {
		const why = discordFailure(error);
		if (why === null) throw error;
		return why;
	}
}
