import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import type { ErrorReport } from '#lib/errors/errorReports.js';

/** A report as it was kept. */
export interface StoredReport {
	readonly code: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly guildId: string | null;
	readonly channelId: string | null;
	readonly userId: string | null;
	/** The command, or where else it came up. */
	readonly source: string | null;
	readonly trace: string;
}

export interface ReportRepository {
	add(report: ErrorReport): Promise<void>;
	find(code: string): Promise<StoredReport | null>;
	/** Answers how many there were. */
	deleteAll(): Promise<number>;
	/** At most `limit` reports older than `before` (milliseconds since 1970); answers how many. */
	deleteBefore(before: number, limit: number): Promise<number>;
	ofUser(userId: string): Promise<readonly StoredReport[]>;
	/** Deletes the reports of a person, since a trace may hold what he typed; answers how many. */
	deleteOfUser(tx: Transaction, userId: string): Promise<number>;
}

export function reportRepository({ prisma }: Pick<Database, 'prisma'>): ReportRepository {
	return {
		async add({ code, at, guildId, channelId, userId, where, name, trace }) {
			await prisma.errorReport.create({
				data: {
					code,
					at: new Date(at),
					guildId: idOf(guildId),
					channelId: idOf(channelId),
					userId: idOf(userId),
					command: name === undefined ? where : `${where} ${name}`,
					trace
				}
			});
		},
		async find(code) {
			const row = await prisma.errorReport.findUnique({ where: { code } });
			return row === null ? null : stored(row);
		},
		async deleteAll() {
			const { count } = await prisma.errorReport.deleteMany();
			return count;
		},
		async deleteBefore(before, limit) {
			return prisma.$executeRaw`/* diagnostics: retention */
				DELETE FROM error_report WHERE code IN (SELECT code FROM error_report WHERE at < ${new Date(before)} ORDER BY at LIMIT ${limit})`;
		},
		async ofUser(userId) {
			const rows = await prisma.errorReport.findMany({ where: { userId: BigInt(userId) }, orderBy: { at: 'desc' } });
			return rows.map(stored);
		},
		async deleteOfUser(tx, userId) {
			const { count } = await tx.errorReport.deleteMany({ where: { userId: BigInt(userId) } });
			return count;
		}
	};
}

interface Row {
	readonly code: string;
	readonly at: Date;
	readonly guildId: bigint | null;
	readonly channelId: bigint | null;
	readonly userId: bigint | null;
	readonly command: string | null;
	readonly trace: string;
}

function stored({ code, at, guildId, channelId, userId, command, trace }: Row): StoredReport {
	const text = (id: bigint | null) => (id === null ? null : id.toString());
	return { code, at: at.getTime(), guildId: text(guildId), channelId: text(channelId), userId: text(userId), source: command, trace };
}

function idOf(id: string | null | undefined): bigint | null {
	return id === null || id === undefined ? null : BigInt(id);
}
