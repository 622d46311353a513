import type { APIMessageTopLevelComponent, PermissionsString } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import type { CommandContext } from '#lib/commands/context/commandContext.js';
import type { Outcome } from '#lib/core/outcome.js';
import type { Json } from '#lib/data/keyValue.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';

/** One member, channel or message that the work is done on. */
export interface JobItemInput {
	/** An id of Discord or another short one; a second item with the same key is left out. */
	readonly key: string;
	readonly data?: Json;
}

export interface JobItem {
	readonly key: string;
	/** Null when the item brought none. */
	readonly data: Json;
}

/**
 * What became of one item. `skipped`: there was nothing to do. `why` is the end of a key, not a sentence:
 * `<module>:jobs.failures.<why>` or, for what every module meets, `jobs:failures.<why>`.
 */
export type ItemResult =
	| { readonly key: string; readonly state: 'done' | 'skipped' }
	| { readonly key: string; readonly state: 'failed'; readonly why: string };

export type ItemState = 'pending' | ItemResult['state'];

/** `failed`: given up, what was left could not be done. */
export type JobState = 'running' | 'done' | 'cancelled' | 'failed';

/** What the work is called: a sentence without a full stop, such as "Give {{role}} to everybody". */
export interface JobTitle {
	readonly key: MessageKey;
	readonly values?: Values;
}

/** Mass work as it stands. Times in milliseconds since 1970. */
export interface Job {
	readonly id: number;
	readonly kind: string;
	readonly guildId: string;
	readonly channelId: string;
	readonly messageId: string | null;
	readonly actorId: string;
	readonly locale: string;
	readonly title: JobTitle;
	readonly permission: PermissionsString;
	readonly payload: Json;
	readonly state: JobState;
	readonly total: number;
	readonly done: number;
	readonly failed: number;
	readonly skipped: number;
	/** Somebody deleted the message: nothing is shown any more. */
	readonly isHidden: boolean;
	/** Failed tries since anything was done. */
	readonly attempts: number;
	readonly startedAt: number;
	/** Somebody stopped it; it ends after the items that are being worked on. */
	readonly cancelledAt: number | null;
	readonly cancellerId: string | null;
	readonly endedAt: number | null;
}

export interface FinishedJob extends Job {
	readonly state: Exclude<JobState, 'running'>;
	readonly endedAt: number;
}

/** What a module registers once for each kind of mass work. */
export interface JobKind {
	/** `roles.all`, `moderation.massban`. One job of a kind runs in a server at a time. */
	readonly kind: string;
	readonly module: string;
	/** Items handed to `run` at once; default 1. */
	readonly batch?: number;
	/** Least milliseconds from one batch to the next; default 250. */
	readonly paceMs?: number;
	/**
	 * Does the work, by REST (the server may belong to another process), and answers for every item. Must bear being run again for
	 * the same items, since the process may be killed half-way. An error of Discord that is thrown fails these items; when Discord
	 * is away it is thrown on purpose: they are tried again later.
	 */
	run(items: readonly JobItem[], job: Job): Promise<readonly ItemResult[]>;
	/** Once, when all items were handled or the job was stopped, in the transaction that ends it. */
	finish?(tx: Transaction, job: FinishedJob): Promise<void>;
	/** After that transaction (a log message and the like); twice after a crash. */
	finished?(job: FinishedJob): Promise<void>;
	/** More components, such as a button to undo it, below the last message. */
	summaryComponents?(job: FinishedJob, t: Translate): readonly APIMessageTopLevelComponent[];
}

export interface StartJob {
	readonly kind: string;
	readonly guildId: string;
	readonly actorId: string;
	/** Where the progress will be shown. */
	readonly channelId: string;
	readonly locale: string;
	readonly title: JobTitle;
	/** In the order in which they shall be taken. */
	readonly items: readonly JobItemInput[];
	readonly payload?: Json;
	/** What somebody else than the actor needs to press Cancel. */
	readonly permission: PermissionsString;
}

/** What a command leaves out: it is known from its context. */
export type CommandJob = Omit<StartJob, 'guildId' | 'actorId' | 'channelId' | 'locale'>;

/** `unknown`: there is no such job in that server. `over`: it has ended. `stopping`: somebody was faster. */
export type CancelCode = 'unknown' | 'over' | 'stopping';

/** Mass work of the whole bot: kept in the database, done in slices, shown in the channel. */
export interface Jobs {
	/** Twice for one kind throws. */
	register(kind: JobKind): void;
	/** One running job of a kind in a server: a second one is refused. `also` writes what belongs to it, in the same transaction. */
	start(request: StartJob, also?: (tx: Transaction, job: Job) => Promise<void>): Promise<Outcome<Job, 'job-running'>>;
	/** Says in which message the progress is shown: one of the bot that everybody in the channel can see. */
	showIn(jobId: number, messageId: string): Promise<void>;
	/** For commands: starts it, answers with its progress and a Cancel button, and keeps that up to date. Throws the refusal. */
	startFrom(context: CommandContext<'guild'>, request: CommandJob, also?: (tx: Transaction, job: Job) => Promise<void>): Promise<Job>;
	find(jobId: number): Promise<Job | null>;
	running(guildId: string): Promise<readonly Job[]>;
	/** Stops it after the items that are being worked on; what was done stays done. Who may is asked by the caller. */
	cancel(jobId: number, by: { readonly guildId: string; readonly userId: string }): Promise<Outcome<Job, CancelCode>>;
	/** Stops what runs in a server, of the kinds that begin with `kindPrefix`; answers those that are stopping now. */
	cancelRunning(guildId: string, userId: string, kindPrefix?: string): Promise<readonly Job[]>;
	/** Items in one state, in their order; at most `limit` of them after `offset`. */
	items(
		jobId: number,
		state: ItemState,
		page?: { readonly offset?: number; readonly limit?: number },
		tx?: Transaction
	): Promise<readonly JobItem[]>;
	/** Works on a due job for a while; called by the piece of its timer. */
	runDue(timer: DueTimer): Promise<TimerResult>;
	/** Lets the batches under way end and takes no more. */
	close(): void;
}

declare module '@sapphire/pieces' {
	interface Container {
		jobs: Jobs;
	}
}
