import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import type { ReportRepository, StoredReport } from './repository.js';

/** Looks up and deletes the reports of unexpected errors. */
export class DiagnosticsService {
	public constructor(private readonly reports: ReportRepository) {}

	/** `code` as a person types it: in any case, with what stands around it. */
	public async findError(code: string): Promise<Outcome<StoredReport, 'unknown-code'>> {
		const report = await this.reports.find(code.toUpperCase().replace(/[^0-9A-Z]/g, ''));
		return report === null ? refuse('unknown-code', { given: code }) : accept(report);
	}

	/** Answers how many there were. */
	public deleteErrors(): Promise<number> {
		return this.reports.deleteAll();
	}
}
