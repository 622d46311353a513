import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Languages } from '#lib/i18n/languages.js';
import { isDiscordAway } from './failure.js';
import type { JobRows } from './jobRows.js';
import type { FinishedJob, Job, JobKind } from './types.js';
import { type Expectation, failureLines, type JobMessage, progressMessage, summaryMessage } from './view.js';

export interface BoardOptions {
	readonly rest: Pick<REST, 'patch' | 'post'>;
	readonly rows: Pick<JobRows, 'items' | 'hide' | 'showIn'>;
	readonly languages: Languages;
	/** What a member, channel or role is called, as far as this process knows. */
	readonly nameOf: (guildId: string, key: string) => string | null;
	readonly log: { warn(details: object, message: string): void };
	/** A fault of ours in what a module shows. */
	readonly report: (error: unknown, job: Job) => void;
}

/** Lines of the file of failures: about two megabytes, well below what Discord takes. */
const mostLines = 20_000;

/** Keeps the message of a job up to date. It may be gone: the work goes on without. */
export class JobBoard {
	readonly #options: BoardOptions;

	public constructor(options: BoardOptions) {
		this.#options = options;
	}

	/** Never rejects: the next time shows more anyway. */
	public async progress(job: Job, expected: Expectation): Promise<void> {
		const t = this.#options.languages.translator(job.locale);
		try {
			await this.#edit(job, progressMessage(job, t, expected));
		} catch (error) {
			this.#options.log.warn({ err: error, job: job.id }, 'The progress of a job could not be shown');
		}
	}

	/** Rejects when Discord is away: then it is tried again. */
	public async summary(job: FinishedJob, kind: JobKind | undefined): Promise<void> {
		const { languages } = this.#options;
		const t = languages.translator(job.locale);
		const message = summaryMessage(job, t, this.#components(job, kind));
		await this.#edit(job, message, job.failed === 0 || job.messageId === null ? null : await this.#failures(job, kind));
	}

	/** Says the end in a message of its own. Rejects when Discord is away. */
	public async announce(job: FinishedJob, kind: JobKind | undefined): Promise<void> {
		const { languages, log, rest, rows } = this.#options;
		const message = summaryMessage(job, languages.translator(job.locale), this.#components(job, kind));
		const request = withFile(message, job.failed === 0 ? null : await this.#failures(job, kind));
		// Twice brings it once.
		const body = { ...request.body, nonce: `job-${job.id}`, enforce_nonce: true };
		try {
			const sent = await rest.post(Routes.channelMessages(job.channelId), { ...request, body });
			await rows.showIn(job.id, String(Object(sent).id));
		} catch (error) {
			if (isDiscordAway(error) || !(error instanceof DiscordAPIError)) throw error;
			log.warn({ err: error, job: job.id }, 'Discord did not let the end of a job be told');
		}
	}

	#components(job: FinishedJob, kind: JobKind | undefined) {
		try {
			return kind?.summaryComponents?.(job, this.#options.languages.translator(job.locale)) ?? [];
		} catch (error) {
			this.#options.report(error, job);
			return [];
		}
	}

	async #failures(job: FinishedJob, kind: JobKind | undefined): Promise<string> {
		const { languages, nameOf, rows } = this.#options;
		const failures = await rows.items(job.id, 'failed', { limit: mostLines });
		const about = { module: kind?.module ?? null, total: job.failed, nameOf: (key: string) => nameOf(job.guildId, key) };
		return failureLines(failures, about, languages.translator(job.locale), languages);
	}

	async #edit(job: Job, message: JobMessage, file: string | null = null): Promise<void> {
		const { log, rest, rows } = this.#options;
		if (job.messageId === null) return;
		try {
			await rest.patch(Routes.channelMessage(job.channelId, job.messageId), withFile(message, file));
		} catch (error) {
			if (isDiscordAway(error) || !(error instanceof DiscordAPIError)) throw error;
			// Nobody can see it any more. Otherwise (a permission) it may be seen again later.
			if (error.status === 404) await rows.hide(job.id);
			else log.warn({ err: error, job: job.id }, 'Discord did not let a job be shown');
		}
	}
}

const fileName = 'failed.txt';

function withFile(message: JobMessage, file: string | null) {
	return {
		body: {
			...message,
			allowed_mentions: { parse: [] },
			// Named, so that a second try replaces the first one's file.
			...(file !== null && { attachments: [{ id: 0, filename: fileName }] })
		},
		...(file !== null && { files: [{ key: 'files[0]', name: fileName, data: file, contentType: 'text/plain' }] })
	};
}
