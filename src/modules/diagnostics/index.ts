import type { Infrastructure } from '#lib/infrastructure.js';
import { reportRepository } from './repository.js';
import { DiagnosticsService } from './service.js';

export type { StoredReport } from './repository.js';
export type { DiagnosticsService } from './service.js';

/** Features: error reports are deleted by themselves after this. */
const keptDays = 30;

/** Reports of unexpected errors: kept, looked up, deleted. */
export function diagnosticsModule({
	database,
	privacy,
	reports
}: Pick<Infrastructure, 'database' | 'privacy' | 'reports'>): DiagnosticsService {
	const repository = reportRepository(database);
	reports.keep = (report) => repository.add(report);
	privacy.person({
		module: 'diagnostics',
		table: 'error_report',
		describe: 'diagnostics:privacy.reports',
		// What went wrong inside is not about the person; that it happened to him, where and when, is.
		async export(userId) {
			return (await repository.ofUser(userId)).map(({ code, at, guildId, channelId, source }) => ({
				code,
				at: new Date(at),
				guildId,
				channelId,
				source
			}));
		},
		erase: async (tx, userId) => ({ erased: await repository.deleteOfUser(tx, userId) }),
		retention: { days: keptDays, purge: (before, limit) => repository.deleteBefore(before, limit) }
	});
	return new DiagnosticsService(repository);
}
