import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { RecordChange, SettingsHub } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import {
	type GuildRestrictions,
	type KeptKind,
	keepKey,
	noRestrictions,
	type Restriction,
	type RestrictionConfig,
	type RestrictionKind
} from '../domain/restriction.js';
import { readConfig, readRestriction, toRow } from './rows.js';

/** What a server has, in memory under its id. */
export const guildSlot = 'restrictions.guild';
/** The name of the scheduled-task piece that looks whether a restriction is still in force in Discord. */
export const keepTimer = 'restrictionsKeep';

interface Who {
	readonly guildId: string;
	readonly userId: string;
}

export interface RestrictionRepository {
	/** One statement a table; servers without anything are left out. */
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, GuildRestrictions>>;
	find(who: Who, kind: RestrictionKind): Promise<Restriction | null>;
	/** Newest first. */
	list(guildId: string, kind: RestrictionKind): Promise<readonly Restriction[]>;
	count(guildId: string, kind: RestrictionKind): Promise<number>;
	/** Writes or replaces one in the caller's transaction. */
	impose(tx: Transaction, restriction: Restriction, change: RecordChange): Promise<void>;
	/** Takes one away in the caller's transaction; answers whether it was there. */
	lift(tx: Transaction, who: Who, kind: RestrictionKind, change: RecordChange): Promise<boolean>;
	/** Takes all of a kind away in the caller's transaction; answers how many. */
	liftAll(tx: Transaction, guildId: string, kind: RestrictionKind, change: RecordChange): Promise<number>;
	/** Adds one that is not there yet, unless the server has `most` of its kind. Two at once come one after the other. */
	add(restriction: Restriction, most: number): Promise<'added' | 'there' | 'full'>;
	/** As `lift`, in a transaction of its own. */
	remove(who: Who, kind: RestrictionKind): Promise<boolean>;
	moveEnd(who: Who, kind: RestrictionKind, endsAt: number): Promise<void>;
	/** Looks at it again at `dueAt`, in the caller's transaction or in none. */
	keepAt(kind: KeptKind, who: Who, dueAt: number, tx?: Transaction): Promise<void>;
}

export function restrictionRepository(
	{ prisma }: Pick<Database, 'prisma'>,
	hub: Pick<SettingsHub, 'writeAll'>,
	timers: Pick<Timers, 'schedule'>
): RestrictionRepository {
	const keyOf = ({ guildId, userId }: Who, kind: RestrictionKind) => ({ guildId: BigInt(guildId), userId: BigInt(userId), kind });
	// Who restricted whom stands in the row and in its case: the record of settings holds no persons.
	const heard = (change: RecordChange, guildId: string) => change(guildSlot, guildId, { guildId: null });

	const repository: RestrictionRepository = {
		async readMany(guildIds) {
			const where = { guildId: { in: guildIds.map(BigInt) } };
			const [rows, configs] = await Promise.all([
				prisma.memberRestriction.findMany({ where, select: { guildId: true, userId: true, kind: true, value: true } }),
				prisma.restrictionConfig.findMany({ where })
			]);
			return byGuild(
				rows.map(({ guildId, userId, kind, value }) => ({ guildId: `${guildId}`, userId: `${userId}`, kind, value })),
				new Map(configs.map((config) => [config.guildId.toString(), readConfig(config)]))
			);
		},
		async find(who, kind) {
			const row = await prisma.memberRestriction.findUnique({ where: { guildId_userId_kind: keyOf(who, kind) } });
			return row && readRestriction(row);
		},
		async list(guildId, kind) {
			const where = { guildId: BigInt(guildId), kind };
			const rows = await prisma.memberRestriction.findMany({ where, orderBy: [{ at: 'desc' }, { userId: 'asc' }] });
			return rows.map(readRestriction);
		},
		count: (guildId, kind) => prisma.memberRestriction.count({ where: { guildId: BigInt(guildId), kind } }),
		async impose(tx, restriction, change) {
			const row = toRow(restriction);
			const where = { guildId_userId_kind: keyOf(restriction, restriction.kind) };
			await tx.memberRestriction.upsert({ where, create: row, update: row });
			await heard(change, restriction.guildId);
		},
		async lift(tx, who, kind, change) {
			const { count } = await tx.memberRestriction.deleteMany({ where: keyOf(who, kind) });
			if (count > 0) await heard(change, who.guildId);
			return count > 0;
		},
		async liftAll(tx, guildId, kind, change) {
			const { count } = await tx.memberRestriction.deleteMany({ where: { guildId: BigInt(guildId), kind } });
			if (count > 0) await heard(change, guildId);
			return count;
		},
		add: (restriction, most) =>
			hub.writeAll(async (tx, change) => {
				const { guildId, kind } = restriction;
				await lockGuild(tx, guildId, restriction.at);
				const { count } = await tx.memberRestriction.createMany({ data: [toRow(restriction)], skipDuplicates: true });
				if (count === 0) return 'there';
				if ((await tx.memberRestriction.count({ where: { guildId: BigInt(guildId), kind } })) > most) {
					await tx.memberRestriction.deleteMany({ where: keyOf(restriction, kind) });
					return 'full';
				}
				await heard(change, guildId);
				return 'added';
			}),
		remove: (who, kind) => hub.writeAll((tx, change) => repository.lift(tx, who, kind, change)),
		async moveEnd(who, kind, endsAt) {
			await prisma.memberRestriction.updateMany({ where: keyOf(who, kind), data: { expiresAt: new Date(endsAt) } });
		},
		keepAt: (kind, { guildId, userId }, dueAt, tx = prisma) =>
			timers.schedule(tx, { kind: keepTimer, key: keepKey(kind, guildId, userId), guildId, dueAt })
	};
	return repository;
}

type Held = Pick<Restriction, 'guildId' | 'userId' | 'kind' | 'value'>;

function byGuild(rows: readonly Held[], configs: ReadonlyMap<string, RestrictionConfig>): Map<string, GuildRestrictions> {
	const guilds = new Map<string, GuildRestrictions>();
	const grouped = Map.groupBy(rows, (row) => row.guildId);
	for (const guildId of new Set([...grouped.keys(), ...configs.keys()])) {
		const kinds = Map.groupBy(grouped.get(guildId) ?? [], (row) => row.kind);
		const held = new Map([...kinds].map(([kind, ofKind]) => [kind, new Map(ofKind.map(({ userId, value }) => [userId, value]))]));
		guilds.set(guildId, { ...noRestrictions, ...configs.get(guildId), held });
	}
	return guilds;
}
