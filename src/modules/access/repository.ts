import type { Database } from '#lib/data/database.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import type { Authorisation, Ban } from './domain.js';

export type BanKind = 'user' | 'guild';

export const slots = { user: 'access.user', guild: 'access.guild', authorised: 'access.authorised' } as const;

export interface NewBan {
	readonly kind: BanKind;
	readonly id: string;
	readonly actorId: string;
	readonly reason: string | null;
	readonly now: number;
	readonly until: number | null;
}

export interface NewAuthorisation {
	readonly guildId: string;
	readonly buyerId: string;
	readonly actorId: string;
	readonly now: number;
}

/** A server that somebody bought. */
export interface Purchase {
	readonly guildId: string;
	readonly since: number;
}

export interface AccessRepository {
	bans(kind: BanKind): Promise<ReadonlyMap<string, Ban>>;
	ban(kind: BanKind, id: string): Promise<Ban | null>;
	/** One statement: false when there is one already that has not ended. */
	add(ban: NewBan): Promise<boolean>;
	/** False when there was none that had not ended. */
	lift(kind: BanKind, id: string, now: number): Promise<boolean>;
	authorisations(): Promise<ReadonlyMap<string, Authorisation>>;
	authorisation(guildId: string): Promise<Authorisation | null>;
	/** One statement: false when the server has been let in already. */
	authorise(authorisation: NewAuthorisation): Promise<boolean>;
	/** What it was; null when there was none. */
	unauthorise(guildId: string): Promise<Authorisation | null>;
	/** The oldest first. */
	boughtBy(buyerId: string): Promise<readonly Purchase[]>;
}

const announced = { guildId: null } as const;
const ofServers = { subjectKind: 'guild', kind: 'authorized' } as const;

export function accessRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): AccessRepository {
	const changed = <T>(slot: string, key: string, work: (tx: Transaction) => Promise<T>, didChange: (result: T) => boolean): Promise<T> =>
		hub.write(slot, key, (result: T) => (didChange(result) ? announced : null), work);
	return {
		async bans(kind) {
			const rows = await prisma.blacklist.findMany({ where: { kind } });
			return new Map(rows.map((row) => [row.id.toString(), banOf(row)]));
		},
		async ban(kind, id) {
			const row = await prisma.blacklist.findUnique({ where: { kind_id: { kind, id: BigInt(id) } } });
			return row === null ? null : banOf(row);
		},
		async add({ kind, id, actorId, reason, now, until }) {
			const at = new Date(now);
			const ends = until === null ? null : new Date(until);
			const work = (tx: Transaction) => tx.$executeRaw`/* access: blacklist */
				INSERT INTO blacklist (kind, id, reason, actor_id, at, expires_at)
				VALUES (${kind}::blacklist_kind, ${BigInt(id)}, ${reason}, ${BigInt(actorId)}, ${at}, ${ends})
				ON CONFLICT (kind, id) DO UPDATE SET reason = excluded.reason, actor_id = excluded.actor_id, at = excluded.at, expires_at = excluded.expires_at
				WHERE blacklist.expires_at <= ${at}`;
			return (await changed(slots[kind], id, work, (count) => count === 1)) === 1;
		},
		async lift(kind, id, now) {
			const still = { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] };
			const work = (tx: Transaction) => tx.blacklist.deleteMany({ where: { kind, id: BigInt(id), ...still } });
			return (await changed(slots[kind], id, work, ({ count }) => count === 1)).count === 1;
		},
		async authorisations() {
			const rows = await prisma.entitlement.findMany({ where: ofServers });
			return new Map(rows.map((row) => [row.subjectId.toString(), authorisationOf(row)]));
		},
		async authorisation(guildId) {
			const row = await prisma.entitlement.findUnique({ where: { subjectKind_subjectId_kind: keyOf(guildId) } });
			return row === null ? null : authorisationOf(row);
		},
		async authorise({ guildId, buyerId, actorId, now }) {
			const row = { ...keyOf(guildId), source: 'staff', buyerId: BigInt(buyerId), actorId: BigInt(actorId), since: new Date(now) };
			const work = (tx: Transaction) => tx.entitlement.createMany({ data: [row], skipDuplicates: true });
			return (await changed(slots.authorised, guildId, work, ({ count }) => count === 1)).count === 1;
		},
		async unauthorise(guildId) {
			const work = async (tx: Transaction) => {
				const [row] = await tx.$queryRaw<{ buyerId: bigint | null; since: Date }[]>`/* access: unauthorise */
					DELETE FROM entitlement WHERE subject_kind = 'guild' AND kind = 'authorized' AND subject_id = ${BigInt(guildId)}
					RETURNING buyer_id AS "buyerId", since`;
				return row === undefined ? null : authorisationOf(row);
			};
			return changed(slots.authorised, guildId, work, (row) => row !== null);
		},
		async boughtBy(buyerId) {
			const rows = await prisma.entitlement.findMany({ where: { ...ofServers, buyerId: BigInt(buyerId) }, orderBy: { since: 'asc' } });
			return rows.map(({ subjectId, since }) => ({ guildId: subjectId.toString(), since: since.getTime() }));
		}
	};
}

function keyOf(guildId: string) {
	return { ...ofServers, subjectId: BigInt(guildId) };
}

function banOf({ reason, at, expiresAt }: { readonly reason: string | null; readonly at: Date; readonly expiresAt: Date | null }): Ban {
	return { reason, since: at.getTime(), until: expiresAt?.getTime() ?? null };
}

function authorisationOf({ buyerId, since }: { readonly buyerId: bigint | null; readonly since: Date }): Authorisation {
	return { buyerId: buyerId?.toString() ?? null, since: since.getTime() };
}
