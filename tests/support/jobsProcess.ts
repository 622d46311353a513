import { type REST, Routes } from 'discord.js';
import type { Database } from '#lib/data/database.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { jobTimer } from '#lib/jobs/ids.js';
import { createJobs } from '#lib/jobs/jobs.js';
import type { Pace } from '#lib/jobs/pace.js';
import type { JobKind, Jobs, StartJob } from '#lib/jobs/types.js';
import { PrivacyRegistry } from '#lib/privacy/registry.js';
import { ChannelReferences } from '#lib/settings/channelReferences.js';
import { createTimers, type Timers } from '#lib/timers/timers.js';
import type { DueTimer, TimerResult } from '#lib/timers/types.js';
import type { TestDatabase } from './databases.js';
import type { FakeClock } from './fakeClock.js';
import { RecordingTimerLog } from './recordingTimerLog.js';

/** An edit of a message that was asked of Discord. */
export interface Edit {
	readonly route: string;
	readonly body: Record<string, unknown>;
	readonly file: string | null;
}

/** A process of the bot as far as jobs go: pool, timers, and a Discord that takes edits. */
export interface JobsProcess {
	readonly database: Database;
	readonly timers: Timers;
	readonly jobs: Jobs;
	readonly privacy: PrivacyRegistry;
	readonly edits: Edit[];
	/** Faults that were reported. */
	readonly faults: unknown[];
	readonly log: RecordingTimerLog;
	/** Thrown by the next edits. */
	discord: { fault: Error | null };
	/** How its slices ended. */
	readonly slices: TimerResult[];
	/** Begins to run due jobs. */
	run(): void;
	close(): Promise<void>;
}

/** Waits by moving on: a machine on which nothing takes time. */
export class FakePace implements Pace {
	public time = 0;
	/** Milliseconds of each wait. */
	public readonly waits: number[] = [];

	public now(): number {
		return this.time;
	}

	public async wait(ms: number): Promise<void> {
		this.waits.push(ms);
		this.time += Math.max(0, ms);
	}
}

export interface JobsProcessOptions {
	readonly scratch: TestDatabase;
	readonly clock: FakeClock;
	readonly kinds: readonly JobKind[];
	readonly pace?: Pace;
}

export async function jobsProcess({ scratch, clock, kinds, pace }: JobsProcessOptions): Promise<JobsProcess> {
	const database = await scratch.open();
	const log = new RecordingTimerLog();
	const timers = createTimers({ database, clock, log });
	const privacy = new PrivacyRegistry();
	const edits: Edit[] = [];
	const faults: unknown[] = [];
	const discord: JobsProcess['discord'] = { fault: null };
	const jobs = createJobs({
		...{ database, clock, timers, privacy, log },
		channelReferences: new ChannelReferences(),
		languages: loadLanguages(),
		rest: {
			async patch(route, { body, files } = {}) {
				if (discord.fault !== null) throw discord.fault;
				edits.push({ route, body: { ...Object(body) }, file: files?.[0] === undefined ? null : String(files[0].data) });
				return {};
			},
			async post(route, { body, files } = {}) {
				if (discord.fault !== null) throw discord.fault;
				edits.push({ route, body: { ...Object(body) }, file: files?.[0] === undefined ? null : String(files[0].data) });
				return { id: jobMessage };
			}
		} satisfies Pick<REST, 'patch' | 'post'>,
		nameOf: (_, key) => (key === '200000000000000001' ? 'ana' : null),
		report: (error) => void faults.push(error),
		...(pace && { pace })
	});
	for (const kind of kinds) jobs.register(kind);
	const slices: TimerResult[] = [];
	return {
		...{ database, timers, jobs, privacy, edits, faults, log, discord, slices },
		run() {
			const slice = async (timer: DueTimer) => {
				const result = await jobs.runDue(timer);
				slices.push(result);
				return result;
			};
			timers.start([{ name: jobTimer, pool: 'mass', run: slice }]);
		},
		async close() {
			jobs.close();
			await timers.close(1_000);
			await database.close();
		}
	};
}

export const jobGuild = '100000000000000001';
export const jobChannel = '300000000000000001';
export const jobMessage = '400000000000000001';
export const jobRoute = Routes.channelMessage(jobChannel, jobMessage);

/** The id of the person number `n`. */
export function person(n: number): string {
	return String(200_000_000_000_000_000n + BigInt(n));
}

/** A request for `count` persons. */
export function aJob(count: number, over: Partial<StartJob> = {}): StartJob {
	return {
		kind: 'tea.all',
		guildId: jobGuild,
		actorId: person(900),
		channelId: jobChannel,
		locale: 'en-US',
		title: { key: 'jobs:cancel' },
		items: Array.from({ length: count }, (_, index) => ({ key: person(index + 1) })),
		permission: 'ManageRoles',
		...over
	};
}
