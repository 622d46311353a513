import type { Outcome } from '#lib/core/outcome.js';
import type { Database } from '#lib/data/database.js';
import { lockGuild } from '#lib/settings/lockGuild.js';
import type { Transaction } from '#lib/settings/repository.js';
import type { SettingsHub } from '#lib/settings/settingsHub.js';
import { type FakePermission, isGrantable, type RolePermissions } from './domain.js';

export const guildSlot = 'fakepermissions.guild';

export interface GrantChange {
	readonly before: RolePermissions;
	readonly after: RolePermissions;
}

export interface FakePermissionRepository {
	/** Null when no role has any. */
	read(guildId: string): Promise<RolePermissions | null>;
	/** One statement; servers without any are left out. */
	readMany(guildIds: readonly string[]): Promise<ReadonlyMap<string, RolePermissions>>;
	/** Reads, decides and writes in one transaction; two at once come one after the other. */
	change<Code extends string>(
		who: { readonly guildId: string; readonly actorId: string; readonly now: number },
		decide: (stored: RolePermissions) => Outcome<RolePermissions, Code>
	): Promise<Outcome<GrantChange, Code>>;
	/** What a person gave. */
	givenBy(actorId: string): Promise<readonly object[]>;
	/** Takes a person out of what he gave; the permissions belong to the server. Answers how many rows. */
	forgetActor(tx: Transaction, actorId: string): Promise<number>;
}

interface Row {
	readonly guildId: bigint;
	readonly roleId: bigint;
	readonly permission: string;
}

export function fakePermissionRepository({ prisma }: Pick<Database, 'prisma'>, hub: Pick<SettingsHub, 'write'>): FakePermissionRepository {
	const readMany = async (guildIds: readonly string[]) =>
		byGuild(await prisma.fakePermission.findMany({ where: { guildId: { in: guildIds.map(BigInt) } } }));
	return {
		readMany,
		read: async (guildId) => (await readMany([guildId])).get(guildId) ?? null,
		change({ guildId, actorId, now }, decide) {
			return hub.write(
				guildSlot,
				guildId,
				(outcome) => (outcome.ok && changedRoles(outcome.value).length > 0 ? { guildId, actorId, ...recordOf(outcome.value) } : null),
				async (tx) => {
					await lockGuild(tx, guildId, now);
					const id = BigInt(guildId);
					const before = byGuild(await tx.fakePermission.findMany({ where: { guildId: id } })).get(guildId) ?? new Map();
					const decided = decide(before);
					if (!decided.ok) return decided;
					const change = { before, after: decided.value };
					for (const roleId of changedRoles(change)) {
						const role = { guildId: id, roleId: BigInt(roleId) };
						const wanted = change.after.get(roleId) ?? [];
						await tx.fakePermission.deleteMany({ where: { ...role, permission: { notIn: [...wanted] } } });
						const rows = wanted.map((permission) => ({ ...role, permission, actorId: BigInt(actorId), at: new Date(now) }));
						await tx.fakePermission.createMany({ data: rows, skipDuplicates: true });
					}
					return { ok: true, value: change };
				}
			);
		},
		async givenBy(actorId) {
			const rows = await prisma.fakePermission.findMany({ where: { actorId: BigInt(actorId) } });
			return rows.map(({ guildId, roleId, permission, at }) => ({ guildId, roleId, permission, at }));
		},
		async forgetActor(tx, actorId) {
			const { count } = await tx.fakePermission.updateMany({ where: { actorId: BigInt(actorId) }, data: { actorId: null } });
			return count;
		}
	};
}

function byGuild(rows: readonly Row[]): Map<string, RolePermissions> {
	const guilds = new Map<string, Map<string, FakePermission[]>>();
	for (const { guildId, roleId, permission } of rows) {
		// A name that an older version knew counts for nothing.
		if (!isGrantable(permission)) continue;
		const roles = guilds.get(guildId.toString()) ?? new Map<string, FakePermission[]>();
		guilds.set(guildId.toString(), roles);
		roles.set(roleId.toString(), [...(roles.get(roleId.toString()) ?? []), permission]);
	}
	return guilds;
}

function changedRoles({ before, after }: GrantChange): readonly string[] {
	const same = (roleId: string) => [...(before.get(roleId) ?? [])].sort().join() === [...(after.get(roleId) ?? [])].sort().join();
	return [...new Set([...before.keys(), ...after.keys()])].filter((roleId) => !same(roleId));
}

/** Of all roles those that were changed. */
function recordOf(change: GrantChange) {
	const only = (all: RolePermissions) => Object.fromEntries(changedRoles(change).map((roleId) => [roleId, [...(all.get(roleId) ?? [])]]));
	return { before: only(change.before), after: only(change.after) };
}
