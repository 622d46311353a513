import { type APIEmbed, type APIEmbedField, type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { formatNumber, relativeTime } from '#lib/discord/format.js';
import { fitEmbed } from '#lib/discord/limits.js';
import { colours, marks, type Tone } from '#lib/discord/theme.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';
import { jobCancelId } from './ids.js';
import { handledOf } from './progress.js';
import type { FinishedJob, Job } from './types.js';

export interface JobMessage {
	readonly embeds: readonly APIEmbed[];
	readonly components: readonly APIMessageTopLevelComponent[];
}

/** When something is expected to happen, in milliseconds since 1970. */
export interface Expectation {
	/** All is done. */
	readonly readyAt?: number;
	/** Discord is away; it is tried again then. */
	readonly triesAt?: number;
}

/** How far a running job is, with the button that stops it. */
export function progressMessage(job: Job, t: Translate, { readyAt, triesAt }: Expectation = {}): JobMessage {
	const stopping = job.cancelledAt !== null;
	const sentence = stopping
		? t('jobs:progress.stopping')
		: triesAt === undefined
			? t('jobs:progress.working', { handled: handledOf(job), total: job.total })
			: t('jobs:progress.waiting', { when: markup(relativeTime(triesAt)) });
	const ready = readyAt === undefined || stopping || triesAt !== undefined ? [] : [field(t('jobs:fields.ready'), relativeTime(readyAt))];
	return {
		embeds: [embedOf(job, 'neutral', `${marks.wait} ${sentence}`, [...counts(job, t), ...ready], t)],
		components: stopping ? [] : [cancelRow(job, t)]
	};
}

/** What became of a job that has ended. */
export function summaryMessage(job: FinishedJob, t: Translate, more: readonly APIMessageTopLevelComponent[] = []): JobMessage {
	const tone = toneOf(job);
	return {
		embeds: [embedOf(job, tone, `${marks[tone]} ${summaryOf(job, t)}`, counts(job, t), t)],
		components: more
	};
}

/** One line for each item that failed: its id, its name where we know it, and why. */
export function failureLines(
	failures: readonly { readonly key: string; readonly why: string | null }[],
	{ module, total, nameOf }: { readonly module: string | null; readonly total: number; readonly nameOf: (key: string) => string | null },
	t: Translate,
	languages: Pick<Languages, 'has'>
): string {
	const lines = failures.map(({ key, why }) => {
		const own = `${module ?? 'jobs'}:jobs.failures.${why ?? 'unexpected'}`;
		const shared = `jobs:failures.${why ?? 'unexpected'}`;
		const reason = languages.has(own) ? t(own) : languages.has(shared) ? t(shared) : t('jobs:failures.unexpected');
		// Names are what people chose: one line stays one line.
		return [key, nameOf(key)?.replaceAll(/\s+/g, ' '), reason].filter((part) => part !== null && part !== undefined).join('  ');
	});
	const left = total - failures.length;
	return `${[...lines, ...(left > 0 ? [t('jobs:file.more', { count: left })] : [])].join('\n')}\n`;
}

function toneOf({ state, failed }: FinishedJob): Exclude<Tone, 'neutral'> {
	if (state === 'failed') return 'error';
	return state === 'done' && failed === 0 ? 'success' : 'warning';
}

function summaryOf({ state, failed, cancellerId }: FinishedJob, t: Translate): string {
	if (state === 'failed') return t('jobs:summary.failed');
	if (state === 'done') return failed === 0 ? t('jobs:summary.done') : t('jobs:summary.done-with-failures', { count: failed });
	if (cancellerId === null || cancellerId === nobody) return t('jobs:summary.cancelled');
	return t('jobs:summary.cancelled-by', { user: markup(`<@${cancellerId}>`) });
}

/** Stands for a person whose data was deleted. */
const nobody = '0';

function embedOf(job: Job, tone: Tone, sentence: string, fields: readonly APIEmbedField[], t: Translate): APIEmbed {
	const title = t(job.title.key, job.title.values);
	return fitEmbed({ color: colours[tone], description: `**${title}**\n${sentence}`, fields: [...fields] });
}

/** Nothing is said of what there is none of. */
function counts(job: Job, t: Translate): readonly APIEmbedField[] {
	const { done, failed, skipped, total } = job;
	const number = (name: 'failed' | 'skipped' | 'left', count: number) =>
		count === 0 ? [] : [field(t(`jobs:fields.${name}`), formatNumber(count, job.locale))];
	return [
		field(t('jobs:fields.done'), formatNumber(done, job.locale)),
		...number('failed', failed),
		...number('skipped', skipped),
		...number('left', total - handledOf(job))
	];
}

function field(name: string, value: string): APIEmbedField {
	return { name, value, inline: true };
}

function cancelRow({ id }: Job, t: Translate): APIMessageTopLevelComponent {
	const button = {
		type: ComponentType.Button,
		style: ButtonStyle.Danger,
		label: t('jobs:cancel'),
		custom_id: jobCancelId.encode({ id })
	} as const;
	return { type: ComponentType.ActionRow, components: [button] };
}
