import type { JailEntry as Row } from '#generated/prisma/client.js';
import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/data/transaction.js';
import { idsOf, memberKey } from '#lib/settings/personSet.js';
import type { RecordChange } from '#lib/settings/settingsHub.js';
import type { Timers } from '#lib/timers/timers.js';
import type { JailEntry, Jailed } from '../domain/jail.js';
import { timerKinds } from './timerKinds.js';

/** Who is in jail, by `memberKey`; the value is the number of the case. */
export const jailSlot = 'moderation.jailed';

export interface JailRepository {
	readAll(): Promise<ReadonlyMap<string, number>>;
	read(key: string): Promise<number | null>;
	find(guildId: string, userId: string): Promise<JailEntry | null>;
	/** Those of some servers. */
	ofGuilds(guildIds: readonly string[]): Promise<readonly JailEntry[]>;
	/** With what their cases say, the longest there first; at most `limit`. */
	list(guildId: string, limit: number): Promise<readonly Jailed[]>;
	/** Who is there already keeps the roles that he had before that. He is called as soon as that is stored. */
	put(tx: Transaction, entry: JailEntry, change: RecordChange): Promise<void>;
	remove(tx: Transaction, entry: Pick<JailEntry, 'guildId' | 'userId'>, change: RecordChange): Promise<void>;
	/** Roles that he does not get back when he is let out. */
	forgetRoles(tx: Transaction, entry: Pick<JailEntry, 'guildId' | 'userId'>, roleIds: readonly string[]): Promise<void>;
	/** Sees to it that somebody is called in the channel of the jail. */
	planGreeting(guildId: string, userId: string, now: number, tx?: Transaction): Promise<void>;
}

export function jailRepository({ prisma }: Pick<Database, 'prisma'>, timers: Pick<Timers, 'schedule'>): JailRepository {
	const where = (guildId: string, userId: string) => ({ guildId_userId: { guildId: BigInt(guildId), userId: BigInt(userId) } });
	const find = async (guildId: string, userId: string) => {
		const row = await prisma.jailEntry.findUnique({ where: where(guildId, userId) });
		return row && readRow(row);
	};
	const nobody = { guildId: null };
	const planGreeting = (guildId: string, userId: string, now: number, tx: Transaction = prisma) =>
		timers.schedule(tx, { kind: timerKinds.greet, key: memberKey(guildId, userId), guildId, dueAt: now });
	return {
		find,
		planGreeting,
		async readAll() {
			const rows = await prisma.jailEntry.findMany({ select: { guildId: true, userId: true, caseNumber: true } });
			return new Map(rows.map(({ guildId, userId, caseNumber }) => [memberKey(`${guildId}`, `${userId}`), caseNumber]));
		},
		async read(key) {
			const { guildId, userId } = idsOf(key);
			return (await find(guildId, userId))?.caseNumber ?? null;
		},
		async ofGuilds(guildIds) {
			return (await prisma.jailEntry.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } })).map(readRow);
		},
		async list(guildId, limit) {
			const id = BigInt(guildId);
			const rows = await prisma.jailEntry.findMany({ where: { guildId: id }, orderBy: { at: 'asc' }, take: limit });
			const cases = await prisma.moderationCase.findMany({
				where: { guildId: id, number: { in: rows.map(({ caseNumber }) => caseNumber) } },
				select: { number: true, expiresAt: true, state: true }
			});
			const ends = new Map(cases.map(({ number, expiresAt, state }) => [number, state === 'active' ? expiresAt : null]));
			return rows.map((row) => ({ ...readRow(row), expiresAt: ends.get(row.caseNumber)?.getTime() ?? null }));
		},
		async put(tx, { guildId, userId, roleIds, caseNumber, at }, change) {
			await tx.$executeRaw`/* moderation: jail */
				INSERT INTO jail_entry (guild_id, user_id, role_ids, case_number, at)
				VALUES (${BigInt(guildId)}, ${BigInt(userId)}, ${roleIds.map(BigInt)}::bigint[], ${caseNumber}, ${new Date(at)})
				ON CONFLICT (guild_id, user_id) DO UPDATE SET case_number = excluded.case_number,
					role_ids = ARRAY(SELECT DISTINCT unnest(jail_entry.role_ids || excluded.role_ids))`;
			await planGreeting(guildId, userId, at, tx);
			await change(jailSlot, memberKey(guildId, userId), nobody);
		},
		async remove(tx, { guildId, userId }, change) {
			await tx.jailEntry.deleteMany({ where: { guildId: BigInt(guildId), userId: BigInt(userId) } });
			await change(jailSlot, memberKey(guildId, userId), nobody);
		},
		async forgetRoles(tx, { guildId, userId }, roleIds) {
			await tx.$executeRaw`/* moderation: jail */
				UPDATE jail_entry SET role_ids = ARRAY(SELECT unnest(role_ids) EXCEPT SELECT unnest(${roleIds.map(BigInt)}::bigint[]))
				WHERE guild_id = ${BigInt(guildId)} AND user_id = ${BigInt(userId)}`;
		}
	};
}

function readRow({ guildId, userId, roleIds, caseNumber, at }: Row): JailEntry {
	return { guildId: `${guildId}`, userId: `${userId}`, roleIds: roleIds.map(String), caseNumber, at: at.getTime() };
}
