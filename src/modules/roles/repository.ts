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
		ofPerson: (userId) => prisma.temporaryRole.findMany({ where: { userId: BigInt(userId) } })
	};
}

/** In the transaction of a case: these roles end with it. A role that was given for a time before ends with this case now. */
export async function keepTemporary(
	tx: Transaction,
	{ guildId, userId }: Omit<TemporaryRole, 'roleId'>,
	roleIds: readonly string[],
	caseNumber: number,
	expiresAt: number
): Promise<void> {
	const person = { guildId: BigInt(guildId), userId: BigInt(userId) };
	await tx.temporaryRole.deleteMany({ where: { ...person, roleId: { in: roleIds.map(BigInt) } } });
	await tx.temporaryRole.createMany({
		data: roleIds.map((roleId) => ({ ...person, roleId: BigInt(roleId), caseNumber, expiresAt: new Date(expiresAt) }))
	});
}

/** Answers how many there were. */
export async function forgetTemporary(
	tx: Transaction,
	{ guildId, userId }: Omit<TemporaryRole, 'roleId'>,
	roleIds: readonly string[]
): Promise<number> {
	const where = { guildId: BigInt(guildId), userId: BigInt(userId), roleId: { in: roleIds.map(BigInt) } };
	return (await tx.temporaryRole.deleteMany({ where })).count;
}
