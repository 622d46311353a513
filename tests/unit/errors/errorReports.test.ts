import { expect, test } from 'vitest';
import { Secret } from '#lib/core/secret.js';
import { StorageAway } from '#lib/data/storageAway.js';
import { type ErrorReport, ErrorReports } from '#lib/errors/errorReports.js';
import { openLogging } from '#lib/observability/logger.js';
import { openMetrics } from '#lib/observability/metrics.js';
import { Redactor } from '#lib/observability/redact.js';
import { FakeClock } from '../../support/fakeClock.js';

function make() {
	const lines: string[] = [];
	const redactor = new Redactor([new Secret('canary-secret')]);
	const { logger } = openLogging({
		level: 'info',
		format: 'json',
		redactor,
		output: { write: (line) => void lines.push(line), drain: async () => undefined }
	});
	const metrics = openMetrics({ process: false });
	const clock = new FakeClock();
	const kept: ErrorReport[] = [];
	const reports = new ErrorReports({ clock, logger, metrics, redactor });
	reports.keep = async (report) => void kept.push(report);
	return { reports, kept, lines, metrics, clock };
}

test('an error is logged with its stack, kept and counted, all under one code of six signs', async () => {
	const { reports, kept, lines, metrics, clock } = make();
	const code = reports.report(new Error('boom'), {
		where: 'command',
		name: 'afk.afk',
		guildId: '1',
		channelId: '2',
		userId: '3',
		shard: 0
	});
	expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
	expect(kept).toMatchObject([{ code, at: clock.now(), where: 'command', name: 'afk.afk', guildId: '1', channelId: '2', userId: '3' }]);
	expect(kept[0]?.trace).toContain('boom');
	expect(JSON.parse(lines[0] ?? '')).toMatchObject({ code, where: 'command', guild: '1', err: { message: 'boom' } });
	expect(await metrics.registry.metrics()).toContain('evict_errors_total{where="command"} 1');
});

test('codes differ', () => {
	const { reports } = make();
	const codes = Array.from({ length: 200 }, () => reports.report(new Error('x'), { where: 'listener' }));
	expect(new Set(codes).size).toBe(200);
});

test('secrets are neither logged nor kept, and a huge error is cut', () => {
	const { reports, kept, lines } = make();
	reports.report(
		Object.assign(new Error('canary-secret'), {
			body: 'x'.repeat(100_000),
			more: Array.from({ length: 3_000 }, (_, index) => `line ${index}`.repeat(50))
		}),
		{
			where: 'command'
		}
	);
	expect(kept[0]?.trace).not.toContain('canary');
	expect(kept[0]?.trace.length).toBeLessThanOrEqual(20_000);
	expect(lines.join('')).not.toContain('canary');
});

test('what was thrown and is no error is told as well', () => {
	const { reports, kept } = make();
	reports.report({ odd: true }, { where: 'listener' });
	expect(kept[0]?.trace).toContain('odd');
});

test('a report that cannot be kept harms nobody: away storage is expected, anything else is told', async () => {
	const { reports, lines } = make();
	reports.keep = () => Promise.reject(new StorageAway('away'));
	reports.report(new Error('one'), { where: 'command' });
	await reports.settle();
	expect(lines).toHaveLength(1);
	reports.keep = () => Promise.reject(new Error('disk'));
	reports.report(new Error('two'), { where: 'command' });
	await reports.settle();
	expect(lines).toHaveLength(3);
	expect(lines[2]).toContain('could not be kept');
});
