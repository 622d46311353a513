import { expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import type { ReportRepository, StoredReport } from '#modules/diagnostics/repository.js';
import { DiagnosticsService } from '#modules/diagnostics/service.js';
import { reportView } from '#modules/diagnostics/view.js';

const report: StoredReport = {
	code: 'ABC234',
	at: Date.UTC(2026, 0, 1),
	guildId: '123456789012345678',
	channelId: '223456789012345678',
	userId: null,
	source: 'command afk.afk',
	trace: 'Error: boom\n    at somewhere'
};

function repositoryOf(...reports: StoredReport[]): ReportRepository {
	const stored = new Map(reports.map((one) => [one.code, one]));
	return {
		add: async () => undefined,
		find: async (code) => stored.get(code) ?? null,
		async deleteAll() {
			const count = stored.size;
			stored.clear();
			return count;
		},
		deleteBefore: async () => 0,
		ofUser: async () => [],
		deleteOfUser: async () => 0
	};
}

test.each(['ABC234', 'abc234', '`abc234`', ' ABC-234 '])('a code is found as it was typed: %j', async (typed) => {
	expect(await new DiagnosticsService(repositoryOf(report)).findError(typed)).toEqual({ ok: true, value: report });
});

test.each(['', 'ABC235', '💥'])('%j is no code that is stored', async (typed) => {
	expect(await new DiagnosticsService(repositoryOf(report)).findError(typed)).toMatchObject({
		ok: false,
		code: 'unknown-code',
		values: { given: typed }
	});
});

test('deleting all tells how many there were', async () => {
	const service = new DiagnosticsService(repositoryOf(report));
	expect(await service.deleteErrors()).toBe(1);
	expect(await service.deleteErrors()).toBe(0);
});

const t = loadLanguages().translator('en-US');

test('a short trace stands in the answer, and cannot break out of its block', () => {
	const { embeds, files } = reportView({ ...report, trace: 'before ``` after' }, t);
	expect(files).toEqual([]);
	expect(embeds[0]?.description).toMatch(/^```\nbefore ''' after\n```$/);
	expect(embeds[0]?.title).toContain('ABC234');
});

test('a trace of more than a thousand signs comes as a file', () => {
	const { embeds, files } = reportView({ ...report, trace: 'x'.repeat(1_001) }, t);
	expect(embeds[0]?.description).toBeUndefined();
	expect(files).toHaveLength(1);
	expect(files[0]?.name).toBe('error-ABC234.txt');
	expect(reportView({ ...report, trace: 'x'.repeat(1_000) }, t).files).toEqual([]);
});
