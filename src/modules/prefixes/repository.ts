import type { Outcome } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { RecordChange, SettingsHub } from '#lib/settings/settingsHub.js';

export const guildSlot = 'prefixes.guild';
export const selfSlot = 'prefixes.self';

/** A prefix before and after a change; null where none is stored. */
export interface PrefixChange {
	readonly before: string | null;
	readonly after: string | null;
}

/** Looks at what is stored and says what shall be: null deletes it. */
export type Decide<Code extends string> = (stored: string | null) => Outcome<string | null, Code>;

export interface PrefixRepository {
	guildPrefix(guildId: string): Promise<string | null>;
	guildPrefixes(guildIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
	selfPrefix(userId: string): Promise<string | null>;
	selfPrefixes(): Promise<ReadonlyMap<string, string>>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	changeGuild<Code extends string>(
		who: { guildId: string; actorId: string; now: number },
		decide: Decide<Code>
	): Promise<Outcome<PrefixChange, Code>>;
	changeSelf<Code extends string>(userId: string, decide: Decide<Code>): Promise<Outcome<PrefixChange, Code>>;
	/** Deletes what a person set for himself. Answers how many rows. */
	eraseSelf(tx: Transaction, userId: string, record: RecordChange): Promise<number>;
}

export function prefixRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): PrefixRepository {
	return {
		async guildPrefix(guildId) {
			const row = await prisma.guildPrefix.findUnique({ where: { guildId: BigInt(guildId) }, select: { prefix: true } });
			return row?.prefix ?? null;
		},
		async guildPrefixes(guildIds) {
			const rows = await prisma.guildPrefix.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } });
			return new Map(rows.map(({ guildId, prefix }) => [guildId.toString(), prefix]));
		},
		async selfPrefix(userId) {
			const row = await prisma.selfPrefix.findUnique({ where: { userId: BigInt(userId) }, select: { prefix: true } });
			return row?.prefix ?? null;
		},
		async selfPrefixes() {
			const rows = await prisma.selfPrefix.findMany();
			return new Map(rows.map(({ userId, prefix }) => [userId.toString(), prefix]));
		},
		changeGuild({ guildId, actorId, now }, decide) {
			const id = BigInt(guildId);
			return hub.write(
				guildSlot,
				guildId,
				(outcome) => (outcome.ok ? { guildId, actorId, before: outcome.value.before, after: outcome.value.after } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const before = (await tx.guildPrefix.findUnique({ where: { guildId: id } }))?.prefix ?? null;
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = decided.value;
					if (after === null) await tx.guildPrefix.deleteMany({ where: { guildId: id } });
					else await tx.guildPrefix.upsert({ where: { guildId: id }, create: { guildId: id, prefix: after }, update: { prefix: after } });
					return { ok: true, value: { before, after } };
				}
			);
		},
		changeSelf(userId, decide) {
			const id = BigInt(userId);
			return hub.write(
				selfSlot,
				userId,
				(outcome) => (outcome.ok ? { guildId: null } : null),
				async (tx) => {
					await tx.$queryRaw`/* prefixes: lock */ SELECT pg_advisory_xact_lock(hashtextextended(${`${selfSlot}:${userId}`}, 0))::text`;
					const before = (await tx.selfPrefix.findUnique({ where: { userId: id } }))?.prefix ?? null;
					const decided = decide(before);
					if (!decided.ok) return decided;
					const after = decided.value;
					if (after === null) await tx.selfPrefix.deleteMany({ where: { userId: id } });
					else await tx.selfPrefix.upsert({ where: { userId: id }, create: { userId: id, prefix: after }, update: { prefix: after } });
					return { ok: true, value: { before, after } };
				}
			);
		},
		async eraseSelf(tx, userId, record) {
			const { count } = await tx.selfPrefix.deleteMany({ where: { userId: BigInt(userId) } });
			if (count > 0) await record(selfSlot, userId, { guildId: null });
			return count;
		}
	};
}
