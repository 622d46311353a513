import type { REST } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import { refusal } from '#lib/errors/refusal.js';
import type { Languages } from '#lib/i18n/languages.js';
import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import type { ChannelReferences } from '#lib/settings/channelReferences.js';
import type { Timers } from '#lib/timers/timers.js';
import { JobBoard } from './board.js';
import { jobsInChannels } from './channels.js';
import { jobTimer } from './ids.js';
import { JobRows } from './jobRows.js';
import { machinePace, type Pace } from './pace.js';
import { jobsPrivacy } from './privacy.js';
import { JobRunner } from './runner.js';
import type { FinishedJob, Job, JobKind, Jobs, StartJob } from './types.js';
import { progressMessage } from './view.js';

export interface JobsOptions {
	readonly database: Pick<Database, 'prisma' | 'transaction' | 'state'>;
	readonly clock: Clock;
	readonly timers: Pick<Timers, 'schedule' | 'hurry' | 'isSet' | 'wake'>;
	readonly languages: Languages;
	readonly rest: Pick<REST, 'patch' | 'post'>;
	readonly privacy: Pick<PrivacyRegistry, 'person'>;
	readonly channelReferences: Pick<ChannelReferences, 'register'>;
	/** What a member, channel or role is called, as far as this process knows. */
	readonly nameOf: (guildId: string, key: string) => string | null;
	readonly log: { warn(details: object, message: string): void };
	/** A fault of ours, met in work of this kind. */
	readonly report: (error: unknown, kind: string, guildId: string) => void;
	readonly pace?: Pace;
}

/** Jobs on the table, with their runner and their messages. */
export function createJobs(options: JobsOptions): Jobs {
	const { database, clock, timers, languages, rest, privacy, channelReferences, nameOf, log, report, pace = machinePace } = options;
	const kinds = new Map<string, JobKind>();
	const rows = new JobRows(database);
	const board = new JobBoard({ rest, rows, languages, nameOf, log, report: (error, job) => report(error, job.kind, job.guildId) });
	/** Started here, and nobody has said yet in which message. */
	const unshown = new LRUCache<number, true>({ max: 10_000 });
	const runner = new JobRunner({
		isBeingShown: (jobId) => unshown.has(jobId),
		...{ kinds, rows, board, database, clock, pace, log },
		report: (error, job) => report(error, job.kind, job.guildId)
	});
	jobsPrivacy(privacy, database);
	jobsInChannels(channelReferences);

	/** Ends one whose timer was given up (a fault of ours): nobody would ever go on with it. Answers whether there was one. */
	async function endStranded(tx: Transaction, request: StartJob, now: number): Promise<boolean> {
		const id = await rows.runningOf(tx, request);
		if (id === null || (await timers.isSet(tx, jobTimer, String(id)))) return false;
		return (await rows.end(tx, id, { state: 'failed', now, restFails: 'unexpected' })) !== null;
	}

	async function start(request: StartJob, also?: Also): Promise<Outcome<Job, 'job-running'>> {
		if (!kinds.has(request.kind)) throw new Error(`No module has registered jobs of the kind "${request.kind}"`);
		const now = clock.now();
		const job = await database.transaction(async (tx) => {
			const added = (await rows.add(tx, request, now)) ?? ((await endStranded(tx, request, now)) ? await rows.add(tx, request, now) : null);
			if (added === null) return null;
			unshown.set(added.id, true);
			await timers.schedule(tx, { kind: jobTimer, key: String(added.id), guildId: added.guildId, dueAt: now });
			await also?.(tx, added);
			return added;
		});
		if (job === null) return refuse('job-running');
		timers.wake();
		return accept(job);
	}

	async function showIn(jobId: number, messageId: string): Promise<void> {
		const job = await rows.showIn(jobId, messageId);
		unshown.delete(jobId);
		// It was faster than its message: nobody else shows the end then.
		if (job !== null && job.state !== 'running') await board.summary(job as FinishedJob, kinds.get(job.kind));
	}

	const jobs: Jobs = {
		register(kind) {
			if (kinds.has(kind.kind)) throw new Error(`Two modules want jobs of the kind "${kind.kind}"`);
			kinds.set(kind.kind, kind);
		},
		start,
		showIn,
		async startFrom(context, request, also) {
			const { channelId, locale, t, user } = context;
			const outcome = await start({ ...request, guildId: context.guild.id, actorId: user.id, channelId, locale }, also);
			if (!outcome.ok) throw refusal('jobs', outcome.code);
			const { embeds, components } = progressMessage(outcome.value, t);
			const sent = await context.reply({ embeds, components, private: false });
			await showIn(outcome.value.id, sent.id);
			return outcome.value;
		},
		find: (jobId) => rows.find(jobId),
		running: (guildId) => rows.running(guildId),
		async cancel(jobId, { guildId, userId }) {
			const now = clock.now();
			const outcome = await database.transaction(async (tx) => {
				const cancelled = await rows.cancel(tx, jobId, guildId, userId, now);
				if (cancelled.ok) await timers.hurry(tx, jobTimer, String(jobId), now);
				return cancelled;
			});
			if (outcome.ok) timers.wake();
			return outcome;
		},
		async cancelRunning(guildId, userId, kindPrefix = '') {
			const stopping: Job[] = [];
			for (const { id, kind } of await rows.running(guildId)) {
				if (!kind.startsWith(kindPrefix)) continue;
				const outcome = await jobs.cancel(id, { guildId, userId });
				if (outcome.ok) stopping.push(outcome.value);
			}
			return stopping;
		},
		items: (jobId, state, page = {}, tx) => rows.items(jobId, state, page, tx),
		runDue: (timer) => runner.run(timer),
		close: () => runner.close()
	};
	return jobs;
}

type Also = (tx: Transaction, job: Job) => Promise<void>;
