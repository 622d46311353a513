import type { Database, Transaction } from '#lib/data/database.js';
import type { TemporaryRole } from './ports.js';

export const temporarySlot = 'roles.temporary';

/** Who has which role for a time, by person. */
export type TemporaryRoles = ReadonlyMap<string, readonly string[]>;

export interface TemporaryRepository {
	read(guildId: string): Promise<TemporaryRoles | null>;
	/** One statement; servers without any are left out. */
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, TemporaryRoles>>;
	ofPerson(userId: string): Promise<readonly object[]>;
	/** What somebody has for a time in a server, with the numbers of the cases with which it ends. */
	ofMember(member: Omit<TemporaryRole, 'roleId'>): Promise<readonly { readonly roleId: string; readonly caseNumber: number }[]>;
	/** The case with which a role of somebody ends; null when he does not have it for a time. */
	caseOf(role: TemporaryRole): Promise<number | null>;
}

export function temporaryRepository({ prisma }: Pick<Database, 'prisma'>): TemporaryRepository {
	const readMany = async (guildIds: readonly string[]) => {
		const rows = await prisma.temporaryRole.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } });
		const guilds = new Map<string, Map<string, string[]>>();
		for (const { guildId, userId, roleId } of rows) {
			const persons = guilds.get(`${guildId}`) ?? new Map<string, string[]>();
			guilds.set(`${guildId}`, persons.set(`${userId}`, [...(persons.get(`${userId}`) ?? []), `${roleId}`]));
		}
		return guilds;
	};
	return {
		readMany,
		read: async (guildId) => (await readMany([guildId])).get(guildId) ?? null,
		ofPerson: (userId) => prisma.temporaryRole.findMany({ where: { userId: BigInt(userId) } }),
		async ofMember({ guildId, userId }) {
			const rows = await prisma.temporaryRole.findMany({ where: { guildId: BigInt(guildId), userId: BigInt(userId) } });
			return rows.map(({ roleId, caseNumber }) => ({ roleId: `${roleId}`, caseNumber }));
		},
		async caseOf({ guildId, userId, roleId }) {
			const where = { guildId_userId_roleId: { guildId: BigInt(guildId), userId: BigInt(userId), roleId: BigInt(roleId) } };
			return (await prisma.temporaryRole.findUnique({ where }))?.caseNumber ?? null;
		}
	};
}

/** In the transaction of a case: these roles end with it. What was kept of them before was forgotten. */
export async function keepTemporary(
	tx: Transaction,
	{ guildId, userId }: Omit<TemporaryRole, 'roleId'>,
	roleIds: readonly string[],
	caseNumber: number
): Promise<void> {
	const person = { guildId: BigInt(guildId), userId: BigInt(userId) };
	await tx.temporaryRole.createMany({
		data: roleIds.map((roleId) => ({ ...person, roleId: BigInt(roleId), caseNumber }))
	});
}

/** Answers the cases with which they would have ended. `isOver`: nothing is left that would end with it. */
export async function forgetTemporary(
	tx: Transaction,
	{ guildId, userId }: Omit<TemporaryRole, 'roleId'>,
	roleIds: readonly string[]
): Promise<readonly { readonly number: number; readonly isOver: boolean }[]> {
	const ids = roleIds.map(BigInt);
	return tx.$queryRaw`/* roles: forget */
		WITH gone AS (
			DELETE FROM temporary_role WHERE guild_id = ${BigInt(guildId)} AND user_id = ${BigInt(userId)} AND role_id = ANY(${ids}::bigint[])
			RETURNING guild_id, user_id, case_number
		)
		SELECT DISTINCT case_number AS number, NOT EXISTS (
			SELECT FROM temporary_role AS kept WHERE kept.guild_id = gone.guild_id AND kept.user_id = gone.user_id
				AND kept.case_number = gone.case_number AND kept.role_id <> ALL(${ids}::bigint[])
		) AS "isOver" FROM gone`;
}
