import type { PrivacyRegistry } from '#lib/privacy/registry.js';
import { leftGuildDays } from './domain.js';
import type { GuildRepository } from './repository.js';

const day = 86_400_000;
/** Rows a statement: each one is short, so that nobody waits for its locks. */
const batch = 1_000;
/** Statements a table and day: what is more comes the next day. */
const batchesAtMost = 1_000;
const guildsAtOnce = 100;

export interface RetentionOptions {
	readonly guilds: Pick<GuildRepository, 'leftBefore' | 'removeLeft'>;
	readonly privacy: Pick<PrivacyRegistry, 'retained' | 'guilds'>;
	readonly report: (error: unknown, table: string) => void;
}

export interface RetentionResult {
	/** Deleted rows by table; tables without any are left out. */
	readonly rows: Readonly<Record<string, number>>;
	readonly guilds: number;
	/** Tables that failed: they are tried again the next time. */
	readonly failed: readonly string[];
}

/** The daily chore: deletes what is older than its table's retention, and servers left long ago. Safe to run at any time and twice. */
export class Retention {
	readonly #options: RetentionOptions;

	public constructor(options: RetentionOptions) {
		this.#options = options;
	}

	/** One table that fails does not keep the others. */
	public async runDaily(now: number): Promise<RetentionResult> {
		const { guilds, privacy } = this.#options;
		const rows: Record<string, number> = {};
		const failed: string[] = [];
		const attempt = async (table: string, work: () => Promise<void>): Promise<void> => {
			try {
				await work();
			} catch (error) {
				failed.push(table);
				this.#options.report(error, table);
			}
		};
		for (const { table, retention } of privacy.retained) {
			const before = now - retention.days * day;
			await attempt(table, async () => {
				const count = await inBatches((limit) => retention.purge(before, limit));
				if (count > 0) rows[table] = count;
			});
		}
		let removed = 0;
		const leftBefore = now - leftGuildDays * day;
		await attempt('guild', async () => {
			for (const guildId of await guilds.leftBefore(leftBefore, guildsAtOnce * 10)) {
				for (const table of privacy.guilds) await inBatches((limit) => table.purge(guildId, limit));
				if (await guilds.removeLeft(guildId, leftBefore)) removed += 1;
			}
		});
		return { rows, guilds: removed, failed };
	}
}

async function inBatches(purge: (limit: number) => Promise<number>): Promise<number> {
	let total = 0;
	for (let round = 0; round < batchesAtMost; round += 1) {
		const count = await purge(batch);
		total += count;
		if (count < batch) break;
	}
	return total;
}
