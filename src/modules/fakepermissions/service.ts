import type { Clock } from '#lib/core/clock.js';
import { accept, type Outcome } from '#lib/core/outcome.js';
import { isStorageAway } from '#lib/data/storageAway.js';
import type { CachedSettings, SettingsEntry } from '#lib/settings/cachedSettings.js';
import { add, type FakePermission, forget, type GrantRefusal, type RolePermissions, remove, replace, reset } from './domain.js';
import type { FakePermissionRepository, GrantChange } from './repository.js';

export interface FakePermissionSettings {
	readonly roles: RolePermissions;
}

/** What each role adds, as a bit field of Discord: made once for each value of the settings. */
type Bits = ReadonlyMap<string, bigint>;
export type GuildFakePermissions = CachedSettings<FakePermissionSettings, Bits>;

export interface FakePermissionsParts {
	readonly repository: Pick<FakePermissionRepository, 'change' | 'readMany'>;
	readonly guilds: GuildFakePermissions;
	readonly clock: Clock;
}

/** Who changes what of whom. */
export interface Grant {
	readonly guildId: string;
	readonly actorId: string;
	readonly roleId: string;
}

type Changed = Promise<Outcome<GrantChange, GrantRefusal>>;

/** Permissions that roles have with the bot alone. Only the owner of a server changes them: the guard of the commands sees to that. */
export class FakePermissionsService {
	readonly #parts: FakePermissionsParts;

	public constructor(parts: FakePermissionsParts) {
		this.#parts = parts;
	}

	/** What these roles add, as a bit field; at once when the server is warm. While storage is away nothing is added. */
	public bitsOf(guildId: string, roleIds: readonly string[]): bigint | Promise<bigint> {
		const entry = this.#parts.guilds.get(guildId);
		return entry instanceof Promise ? whenRead(entry, roleIds) : sum(entry.derived, roleIds);
	}

	public async list(guildId: string): Promise<RolePermissions> {
		return (await this.#parts.guilds.get(guildId)).settings.roles;
	}

	public add(grant: Grant, permission: FakePermission): Changed {
		return this.#change(grant, (all) => add(all, grant.guildId, grant.roleId, permission));
	}

	public remove(grant: Grant, permission: FakePermission): Changed {
		return this.#change(grant, (all) => remove(all, grant.roleId, permission));
	}

	public replace(grant: Grant, permissions: readonly FakePermission[]): Changed {
		return this.#change(grant, (all) => replace(all, grant.guildId, grant.roleId, permissions));
	}

	/** Of one role, or of all (`roleId` null). */
	public reset(grant: Omit<Grant, 'roleId'> & { readonly roleId: string | null }): Changed {
		return this.#change(grant, (all) => reset(all, grant.roleId));
	}

	/** A role is gone, and with it what it had. `actorId`: the bot. */
	public async onRoleDeleted({ guildId, actorId, roleId }: Grant): Promise<void> {
		if (!(await this.list(guildId)).has(roleId)) return;
		await this.#change({ guildId, actorId }, (all) => accept(forget(all, new Set([roleId]))));
	}

	/** Roles that were deleted while the bot was away: one statement looks for them in all servers. */
	public async forgetMissing(present: ReadonlyMap<string, ReadonlySet<string>>, actorId: string): Promise<void> {
		const stored = await this.#parts.repository.readMany([...present.keys()]);
		for (const [guildId, roles] of stored) {
			const gone = new Set([...roles.keys()].filter((roleId) => !present.get(guildId)?.has(roleId)));
			if (gone.size > 0) await this.#change({ guildId, actorId }, (all) => accept(forget(all, gone)));
		}
	}

	#change(
		{ guildId, actorId }: Pick<Grant, 'guildId' | 'actorId'>,
		decide: (all: RolePermissions) => Outcome<RolePermissions, GrantRefusal>
	): Changed {
		return this.#parts.repository.change({ guildId, actorId, now: this.#parts.clock.now() }, decide);
	}
}

async function whenRead(reading: Promise<SettingsEntry<FakePermissionSettings, Bits>>, roleIds: readonly string[]): Promise<bigint> {
	try {
		return sum((await reading).derived, roleIds);
	} catch (error) {
		if (!isStorageAway(error)) throw error;
		return 0n;
	}
}

function sum(bits: Bits, roleIds: readonly string[]): bigint {
	if (bits.size === 0) return 0n;
	return roleIds.reduce((held, roleId) => held | (bits.get(roleId) ?? 0n), 0n);
}
