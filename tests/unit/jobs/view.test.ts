import { describe, expect, test } from 'vitest';
import type { MessageKey } from '#generated/messages.js';
import { markup } from '#lib/core/markdown.js';
import { colours } from '#lib/discord/theme.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import type { FinishedJob, Job } from '#lib/jobs/types.js';
import { failureLines, progressMessage, summaryMessage } from '#lib/jobs/view.js';

const languages = loadLanguages();
const t = languages.translator('en-US');
const at = Date.UTC(2026, 0, 1);

const aRunning: Job = {
	...{ id: 35, kind: 'tea.all', guildId: '1', channelId: '2', messageId: '3', isHidden: false, actorId: '4', locale: 'en-US' },
	...{ title: { key: 'jobs:summary.cancelled-by', values: { user: markup('<@&7>') } }, permission: 'ManageRoles', payload: null },
	...{ state: 'running', total: 4_000, done: 1_200, failed: 0, skipped: 0, attempts: 0 },
	...{ startedAt: at, cancelledAt: null, cancellerId: null, endedAt: null }
};
const anEnded = (over: Partial<FinishedJob> = {}): FinishedJob => ({ ...aRunning, state: 'done', endedAt: at, total: 1_200, ...over });
const fieldsOf = (message: ReturnType<typeof progressMessage>) =>
	Object.fromEntries((message.embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
const textOf = (message: ReturnType<typeof progressMessage>) => message.embeds[0]?.description ?? '';

describe('while it runs', () => {
	test('it says how far it is, when it will be ready, and offers to stop it', () => {
		const message = progressMessage(aRunning, t, { readyAt: at + 90_000 });
		expect(textOf(message)).toBe('**Stopped by <@&7>. What was done stays done.**\n⌛ 1,200 of 4,000.');
		expect(fieldsOf(message)).toEqual({ Done: '1,200', 'To go': '2,800', Ready: `<t:${at / 1000 + 90}:R>` });
		expect(JSON.stringify(message.components)).toContain('"custom_id":"job.cancel:z"');
	});

	test('of what there is none nothing is said', () => {
		expect(fieldsOf(progressMessage({ ...aRunning, failed: 2, skipped: 3, total: 1_205 }, t))).toEqual({
			Done: '1,200',
			Failed: '2',
			'Nothing to do': '3'
		});
	});

	test('while it waits for Discord it says until when instead', () => {
		const message = progressMessage(aRunning, t, { triesAt: at + 60_000, readyAt: at });
		expect(textOf(message)).toContain(`I try again <t:${at / 1000 + 60}:R>`);
		expect(fieldsOf(message)).not.toHaveProperty('Ready');
	});

	test('once it is being stopped nobody can press again', () => {
		const message = progressMessage({ ...aRunning, cancelledAt: at }, t, { readyAt: at });
		expect(textOf(message)).toContain('Stopping after the step that is under way.');
		expect(message.components).toEqual([]);
	});
});

describe('at its end', () => {
	test.each([
		['all went well', {}, 'success', 'Finished.'],
		['one failed', { failed: 1 }, 'warning', 'Finished, but one failed. The file says why.'],
		['many failed', { failed: 1_500 }, 'warning', 'Finished, but 1,500 failed. The file says why.'],
		['it was stopped', { state: 'cancelled', cancellerId: '9' }, 'warning', 'Stopped by <@9>. What was done stays done.'],
		['who stopped it had his data deleted', { state: 'cancelled', cancellerId: '0' }, 'warning', 'Stopped. What was done stays done.'],
		['the bot left the server', { state: 'cancelled' }, 'warning', 'Stopped. What was done stays done.'],
		['it was given up', { state: 'failed', failed: 3 }, 'error', 'I had to give up. The file says what is missing and why.']
	] as const)('%s', (_, over, tone, sentence) => {
		const message = summaryMessage(anEnded(over), t);
		expect(textOf(message).split('\n')[1]).toMatch(new RegExp(`^\\S+ ${sentence.replaceAll('.', '\\.')}$`, 'u'));
		expect(message.embeds[0]?.color).toBe(colours[tone]);
		expect(message.components).toEqual([]);
	});
});

describe('the file of failures', () => {
	const about = { module: null, total: 3, nameOf: (key: string) => (key === '1' ? 'ana\nthe\tgreat' : null) };

	test('has a line for each, with a name where one is known, whatever is in it', () => {
		const failures = [
			{ key: '1', why: 'above-me' },
			{ key: '2', why: 'no-such-reason' },
			{ key: '3', why: null }
		];
		expect(failureLines(failures, about, t, languages)).toBe(
			'1  ana the great  stands above me or at my level\n2  something went wrong\n3  something went wrong\n'
		);
	});

	test('says how many more there are than it has lines', () => {
		expect(failureLines([{ key: '1', why: 'gone' }], { ...about, total: 20_001 }, t, languages)).toBe(
			'1  ana the great  it is gone\nand 20,000 more\n'
		);
	});

	test('takes a module’s own reason before the common one', () => {
		const said = { has: (key: string): key is MessageKey => key === 'tea:jobs.failures.gone' || key.startsWith('jobs:') };
		const lines = failureLines([{ key: '9', why: 'gone' }], { ...about, module: 'tea', total: 1 }, (key) => key, said);
		expect(lines).toBe('9  tea:jobs.failures.gone\n');
	});
});
