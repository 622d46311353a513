import type { Clock } from '#lib/core/clock.js';
import type { ItemResult, Job, JobItem } from '#lib/jobs/types.js';
import type { Details, OrderRequest } from '#modules/moderation/index.js';
import { chooser, type Filter, isYoung, type Reach, type Selection, select } from './domain.js';
import type { ChannelHistory } from './ports.js';

export interface CleanupRequest {
	readonly channelId: string;
	readonly filter: Filter;
	readonly reach: Reach;
	/** The call: neither it nor the answer to it, such as "is thinking", is a part of what is counted. */
	readonly callId: string;
}

export interface CleanupParts {
	readonly history: ChannelHistory;
	readonly clock: Clock;
	/** The reason in the audit log, in the language of the server. */
	readonly reasonOf: (guildId: string, actorId: string) => string;
}

/** Mass work of clean-up, as it is kept. */
export interface CleanupPayload {
	readonly channelId: string;
	readonly tooOld: number;
	readonly filter: string;
	readonly reactions: boolean;
}

/** Finds and deletes messages. What is deleted is decided before; who asked, and his rights, are asked by the action. */
export class Cleanup {
	readonly #parts: CleanupParts;

	public constructor(parts: CleanupParts) {
		this.#parts = parts;
	}

	/** Which messages are meant, newest first. */
	public async find({ channelId, filter, reach, callId }: CleanupRequest): Promise<Selection> {
		const { history, clock } = this.#parts;
		const chosen: string[] = [];
		const range = { before: reach.before ?? callId, after: reach.after };
		await history.read(channelId, reach.scan, range, chooser(filter, reach, chosen));
		return select(chosen, clock.now());
	}

	/** Deletes a few at once: what is gone already is no fault. */
	public async delete(channelId: string, messageIds: readonly string[], reason: string): Promise<void> {
		const { history, clock } = this.#parts;
		const now = clock.now();
		const young = messageIds.filter((id) => isYoung(id, now));
		for (let from = 0; from < young.length; from += 100) await history.deleteTogether(channelId, young.slice(from, from + 100), reason);
		for (const id of messageIds) if (!isYoung(id, now)) await history.deleteOne(channelId, id, reason);
	}

	public async clearReactions(channelId: string, messageIds: readonly string[]): Promise<void> {
		for (const id of messageIds) await this.#parts.history.clearReactions(channelId, id);
	}

	/** One batch of mass work. */
	public async runBatch(items: readonly JobItem[], job: Job): Promise<readonly ItemResult[]> {
		const payload = readPayload(job.payload);
		const ids = items.map(({ key }) => key);
		if (payload.reactions) await this.clearReactions(payload.channelId, ids);
		else await this.delete(payload.channelId, ids, this.#parts.reasonOf(job.guildId, job.actorId));
		return ids.map((key) => ({ key, state: 'done' }));
	}

	/** The case of mass work that has ended. */
	public caseOf(job: Job): OrderRequest {
		const { channelId, tooOld, filter, reactions } = readPayload(job.payload);
		return {
			key: `job-${job.id}`,
			type: 'purge',
			guildId: job.guildId,
			channelId,
			actorId: job.actorId,
			details: purgeDetails({ count: job.done, tooOld, filter, reactions })
		};
	}
}

/** What a case of clean-up remembers. */
export function purgeDetails(details: {
	count: number;
	tooOld: number;
	filter: string;
	reactions: boolean;
	ids?: readonly string[];
}): Details {
	const { ids, ...rest } = details;
	return ids === undefined ? rest : { ...rest, ids };
}

function readPayload(payload: unknown): CleanupPayload {
	const { channelId, tooOld, filter, reactions }: { [key: string]: unknown } =
		typeof payload === 'object' && payload !== null ? { ...payload } : {};
	if (typeof channelId !== 'string' || typeof filter !== 'string') throw new TypeError('This is no work of clean-up');
	return { channelId, filter, tooOld: typeof tooOld === 'number' ? tooOld : 0, reactions: reactions === true };
}
