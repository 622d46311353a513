import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import type { Transaction } from '#lib/data/transaction.js';
import { isDiscordAway } from '#lib/jobs/failure.js';
import type { CommandJob, FinishedJob, ItemResult, Job, Jobs } from '#lib/jobs/types.js';
import type { ModerationServices } from '#modules/moderation/index.js';
import { unfinishedType } from '../actions/mass.js';
import type { Layer, Subject } from '../domain/layers.js';
import { deedByType, type MassDeed, type MassPayload, readPayload, reverseOf } from '../domain/mass.js';
import { layersOf } from '../domain/plan.js';
import type { ChannelDiscord, LockNotice } from '../ports.js';
import type { LockRepository } from '../repository/locks.js';
import { massTitle } from '../view/mass.js';
import type { Layering } from './layering.js';

export interface MassParts {
	readonly layering: Layering;
	readonly locks: LockRepository;
	readonly discord: ChannelDiscord;
	readonly notice: LockNotice;
	readonly jobs: Pick<Jobs, 'find' | 'items'>;
	readonly moderation: Pick<ModerationServices, 'moderation' | 'record'>;
	readonly ignored: (guildId: string) => Promise<readonly string[]>;
	readonly clock: Clock;
	readonly reasonOf: (job: Job, reason: string | null) => string;
}

export interface MassRequest {
	readonly guildId: string;
	readonly deed: MassDeed;
	readonly userId?: string | null;
	/** The work that is taken back, or whose taking back is taken back. */
	readonly reverses?: number | null;
}

/** Discord: a server has at most 500 channels. */
const mostChannels = 500;
/** A process that was killed leaves its lock behind for a minute; each turn waits a quarter of one. */
const lockTurns = 6;
/** How long its button takes mass work back. */
const reverseMs = 600_000;

/** Locks and mutes in all channels: what is done is remembered channel by channel, before Discord is touched. */
export class MassLocks {
	readonly #parts: MassParts;

	public constructor(parts: MassParts) {
		this.#parts = parts;
	}

	/** The channels that are worked on. */
	public async plan({
		guildId,
		deed,
		userId = null,
		reverses = null
	}: MassRequest): Promise<Outcome<readonly string[], 'nothing-to-lay' | 'nothing-to-lift'>> {
		const { locks, discord, ignored, jobs } = this.#parts;
		const { kind, on } = deed;
		const lying = await locks.choose({ guildId, kind, ...(userId !== null && { userId }) });
		if (!on) {
			const ours = lying.filter(({ everywhere, jobId }) => everywhere && (reverses === null || jobId === reverses));
			const ids = [...new Set(ours.map(({ channelId }) => channelId))];
			return ids.length === 0 ? refuse('nothing-to-lift') : accept(ids);
		}
		const done = reverses === null ? null : new Set((await jobs.items(reverses, 'done', { limit: mostChannels })).map(({ key }) => key));
		const spared = new Set([...lying.map(({ channelId }) => channelId), ...(kind === 'files' ? [] : await ignored(guildId))]);
		const ids = (await discord.lockable(guildId)).filter((id) => !spared.has(id) && done?.has(id) !== false);
		return ids.length === 0 ? refuse('nothing-to-lay') : accept(ids);
	}

	public jobOf(deed: MassDeed, channelIds: readonly string[], more: Partial<Omit<MassPayload, 'type'>>): CommandJob {
		const payload: MassPayload = { type: deed.type, reason: null, userId: null, username: null, notice: false, reverses: null, ...more };
		return {
			kind: massKind(deed),
			title: massTitle(deed, payload.username ?? ''),
			items: channelIds.map((key) => ({ key })),
			payload: { ...payload },
			permission: deed.permission
		};
	}

	/** What takes a finished job back, while its button counts. `type` is what the button says. */
	public async reverse(guildId: string, jobId: number, type: string) {
		const job = await this.#parts.jobs.find(jobId);
		const payload = job && readPayload(job.payload);
		const done = payload && deedByType(payload.type);
		if (job === null || payload === null || done === null || job.guildId !== guildId) return refuse('no-such-work');
		const deed = reverseOf(done);
		if (deed.type !== type || job.endedAt === null) return refuse('no-such-work');
		if (this.#parts.clock.now() - job.endedAt > reverseMs) return refuse('reverse-too-late');
		return accept({ deed, userId: payload.userId, username: payload.username });
	}

	/** What the button below a finished job does; null when there is nothing to take back. */
	public reversingType({ done, payload }: Pick<FinishedJob, 'done' | 'payload'>): string | null {
		const deed = deedByType(readPayload(payload)?.type ?? '');
		return deed === null || done === 0 ? null : reverseOf(deed).type;
	}

	/** Works on one channel. */
	public async run(channelId: string, job: Job): Promise<ItemResult> {
		const payload = readPayload(job.payload);
		const deed = payload && deedByType(payload.type);
		if (payload === null || deed === null) return failed(channelId, 'unknown-work');
		const about = { guildId: job.guildId, targetId: payload.userId, channelId };
		for (let turn = 1; turn <= lockTurns; turn += 1) {
			try {
				return await this.#parts.moderation.moderation.alone(about, () =>
					deed.on ? this.#lay(channelId, job, deed, payload) : this.#lift(channelId, job, deed, payload)
				);
			} catch (error) {
				if (!(error instanceof LockTimeoutError)) throw error;
			}
		}
		return failed(channelId, 'busy');
	}

	async #lay(channelId: string, job: Job, deed: MassDeed, payload: MassPayload): Promise<ItemResult> {
		const { layering, notice } = this.#parts;
		const { guildId } = job;
		const remembered = await this.#remember(channelId, job, deed, payload);
		if ('state' in remembered) return remembered;
		const { layers } = remembered;
		const reason = this.#parts.reasonOf(job, payload.reason);
		try {
			await layering.lay(guildId, channelId, layers, reason);
		} catch (error) {
			if (!isDiscordAway(error)) await this.#forget(channelId, job, deed, layers, reason);
			throw error;
		}
		if (payload.notice) await notice({ guildId, channelId, jobId: job.id, reason: payload.reason });
		return { key: channelId, state: 'done' };
	}

	/** Works out what is to be laid and writes it down; or says why nothing is. Killed after that, it goes on with what it wrote. */
	async #remember(
		channelId: string,
		{ id, guildId, actorId }: Job,
		{ kind }: MassDeed,
		{ userId }: MassPayload
	): Promise<{ readonly layers: readonly Layer[] } | ItemResult> {
		const { layering, locks, ignored, clock } = this.#parts;
		const begun = (await locks.on(guildId, channelId)).filter(({ jobId, layer }) => jobId === id && layer.kind === kind);
		if (begun.length > 0) return { layers: begun.map(({ layer }) => layer) };
		const channel = await layering.channel(guildId, channelId);
		if (channel === null) return failed(channelId, 'gone');
		const skipped: ItemResult = { key: channelId, state: 'skipped' };
		if (kind !== 'files' && (await ignored(guildId)).includes(channelId)) return skipped;
		const subject: Subject = userId === null ? { id: guildId, isMember: false } : { id: userId, isMember: true };
		const all = await layering.layersOn(guildId, channelId);
		if (layersOf(all, subject).some((layer) => layer.kind === kind)) return skipped;
		const planned = await layering.plan(channel, all, { kind, subject, gives: false });
		if (!planned.ok)
			return planned.code === 'nothing-changes' || planned.code === 'wrong-channel' ? skipped : failed(channelId, planned.code);
		const layers = planned.value;
		const isOurs = await locks.addAll({ guildId, channelId, layers, actorId, now: clock.now(), jobId: id });
		return isOurs ? { layers } : skipped;
	}

	/** Discord said no: nothing of it stays. */
	async #forget(channelId: string, { guildId, id }: Job, { kind }: MassDeed, layers: readonly Layer[], reason: string): Promise<void> {
		// It may say no to that too: then there is nothing that could be done.
		await Promise.allSettled([this.#takeOff(guildId, channelId, layers, reason)]);
		await this.#parts.locks.remove({ guildId, kind, channelId, jobId: id });
	}

	async #lift(channelId: string, job: Job, { kind }: MassDeed, { userId, reverses, reason }: MassPayload): Promise<ItemResult> {
		const { locks } = this.#parts;
		const { guildId } = job;
		const choice = {
			...{ guildId, kind, channelId, everywhere: true },
			...(userId !== null && { userId }),
			...(reverses !== null && { jobId: reverses })
		};
		const layers = (await locks.choose(choice)).map(({ layer }) => layer);
		if (layers.length === 0) return { key: channelId, state: 'skipped' };
		const byHand = await this.#takeOff(guildId, channelId, layers, this.#parts.reasonOf(job, reason));
		await locks.remove(choice);
		return byHand ? failed(channelId, 'changed-by-hand') : { key: channelId, state: 'done' };
	}

	/** Answers whether somebody had changed it by hand meanwhile. */
	async #takeOff(guildId: string, channelId: string, layers: readonly Layer[], reason: string): Promise<boolean> {
		const { layering } = this.#parts;
		const channel = await layering.channel(guildId, channelId);
		if (channel === null) return false;
		const lift = layering.lift(channel, layers, await layering.layersOn(guildId, channelId));
		await layering.carryOut(lift, channelId, reason);
		return lift.changedByHand !== 0n;
	}

	async #lasting(guildId: string, { kind }: MassDeed, { userId }: MassPayload): Promise<number> {
		return (await this.#parts.locks.choose({ guildId, kind, everywhere: true, ...(userId !== null && { userId }) })).length;
	}

	/** Writes the one case of all of it, in the transaction that ends the work. */
	public async finish(tx: Transaction, job: FinishedJob): Promise<void> {
		const payload = readPayload(job.payload);
		const deed = payload && deedByType(payload.type);
		if (payload === null || deed === null || job.done + job.failed === 0) return;
		const { done, failed: refused, skipped, total } = job;
		const isWhole = deed.on || (await this.#lasting(job.guildId, deed, payload)) === 0;
		await this.#parts.moderation.record(tx, {
			key: `job-${job.id}`,
			type: isWhole ? deed.type : unfinishedType(deed),
			guildId: job.guildId,
			targetId: payload.userId,
			actorId: job.actorId === nobody ? null : job.actorId,
			reason: payload.reason,
			details: { job: job.id, done, failed: refused, skipped, total }
		});
	}
}

/** Stands for a person whose data was deleted. */
const nobody = '0';

/** One runs at a time in a server, whichever way it goes. */
export function massKind({ kind }: Pick<MassDeed, 'kind'>): string {
	return `channelstate.${kind}`;
}

function failed(key: string, why: string): ItemResult {
	return { key, state: 'failed', why };
}
