import type { Outcome } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';

export const ignoreSlot = 'channelstate.ignores';

/** Channels that no lock touches. */
export interface Ignores {
	readonly channelIds: readonly string[];
}

export interface IgnoreChange {
	readonly before: readonly string[];
	readonly after: readonly string[];
}

export interface IgnoreRepository {
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, Ignores>>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	change<Code extends string>(
		who: { readonly guildId: string; readonly actorId: string; readonly now: number },
		decide: (before: readonly string[]) => Outcome<readonly string[], Code>
	): Promise<Outcome<IgnoreChange, Code>>;
}

export function ignoreRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): IgnoreRepository {
	const readMany = async (guildIds: readonly string[], tables: Pick<Transaction, 'lockIgnore'> = prisma) => {
		const where = { guildId: { in: guildIds.map(BigInt) } };
		const rows = await tables.lockIgnore.findMany({ where, orderBy: [{ at: 'asc' }, { channelId: 'asc' }] });
		const grouped = Map.groupBy(rows, (row) => row.guildId.toString());
		return new Map([...grouped].map(([id, ofGuild]) => [id, { channelIds: ofGuild.map((row) => row.channelId.toString()) }]));
	};
	return {
		readMany: (guildIds) => readMany(guildIds),
		change({ guildId, actorId, now }, decide) {
			const id = BigInt(guildId);
			return hub.write(
				ignoreSlot,
				guildId,
				(outcome) => (outcome.ok ? { guildId, actorId, before: outcome.value.before, after: outcome.value.after } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const before = (await readMany([guildId], tx)).get(guildId)?.channelIds ?? [];
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = decided.value;
					const gone = before.filter((channelId) => !after.includes(channelId)).map(BigInt);
					const added = after.filter((channelId) => !before.includes(channelId)).map(BigInt);
					if (gone.length > 0) await tx.lockIgnore.deleteMany({ where: { guildId: id, channelId: { in: gone } } });
					const by = { guildId: id, actorId: BigInt(actorId), at: new Date(now) };
					await tx.lockIgnore.createMany({ data: added.map((channelId) => ({ ...by, channelId })), skipDuplicates: true });
					return { ok: true, value: { before, after } };
				}
			);
		}
	};
}
