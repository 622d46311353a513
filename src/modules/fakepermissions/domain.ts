import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** What can be given, by Discord's names: everything that a command asks for. At most 25, as many as one select shows. */
export const grantable = [
	'Administrator',
	'ManageGuild',
	'ManageRoles',
	'ManageChannels',
	'ManageMessages',
	'ManageNicknames',
	'ManageGuildExpressions',
	'CreateGuildExpressions',
	'BanMembers',
	'KickMembers',
	'ModerateMembers',
	'MuteMembers',
	'DeafenMembers',
	'MoveMembers',
	'ManageThreads',
	'ManageWebhooks',
	'ManageEvents',
	'PinMessages',
	'ViewAuditLog',
	'MentionEveryone'
] as const;

export type FakePermission = (typeof grantable)[number];

/** What each role of a server has; a role without any is left out. In the order of {@link grantable}. */
export type RolePermissions = ReadonlyMap<string, readonly FakePermission[]>;

/** Other words for a permission, without what stands between their words. */
const otherWords: ReadonlyMap<string, FakePermission> = new Map([
	['admin', 'Administrator'],
	['manageserver', 'ManageGuild'],
	['manageemojis', 'ManageGuildExpressions'],
	['manageemojisandstickers', 'ManageGuildExpressions'],
	['manageexpressions', 'ManageGuildExpressions'],
	['createexpressions', 'CreateGuildExpressions'],
	['timeout', 'ModerateMembers'],
	['timeoutmembers', 'ModerateMembers'],
	['ban', 'BanMembers'],
	['kick', 'KickMembers'],
	['mentioneveryonehereandallroles', 'MentionEveryone']
]);

export function isGrantable(name: string): name is FakePermission {
	return grantable.some((permission) => permission === name);
}

/** The permission that somebody typed, as Discord's documentation (`ban_members`) or its settings (`Ban Members`) write it. */
export function findPermission(typed: string): FakePermission | null {
	const word = typed.toLowerCase().replaceAll(/[\s_,@-]/g, '');
	return grantable.find((permission) => permission.toLowerCase() === word) ?? otherWords.get(word) ?? null;
}

export type GrantRefusal = 'everyone' | 'already' | 'not-there' | 'nothing-changed' | 'none-at-all' | 'none';

/** With one permission more. The role that everybody has would make everybody a moderator. */
export function add(
	all: RolePermissions,
	guildId: string,
	roleId: string,
	permission: FakePermission
): Outcome<RolePermissions, GrantRefusal> {
	if (roleId === guildId) return refuse('everyone');
	const own = all.get(roleId) ?? [];
	return own.includes(permission) ? refuse('already') : accept(withRole(all, roleId, [...own, permission]));
}

export function remove(all: RolePermissions, roleId: string, permission: FakePermission): Outcome<RolePermissions, GrantRefusal> {
	const own = all.get(roleId) ?? [];
	if (!own.includes(permission)) return refuse('not-there');
	return accept(
		withRole(
			all,
			roleId,
			own.filter((name) => name !== permission)
		)
	);
}

/** Exactly these, whatever the role had. */
export function replace(
	all: RolePermissions,
	guildId: string,
	roleId: string,
	permissions: readonly FakePermission[]
): Outcome<RolePermissions, GrantRefusal> {
	if (roleId === guildId) return refuse('everyone');
	const changed = withRole(all, roleId, permissions);
	const same = (changed.get(roleId) ?? []).join() === (all.get(roleId) ?? []).join();
	return same ? refuse('nothing-changed') : accept(changed);
}

/** Without one role, or without any. */
export function reset(all: RolePermissions, roleId: string | null): Outcome<RolePermissions, GrantRefusal> {
	if (roleId === null) return all.size === 0 ? refuse('none-at-all') : accept(new Map());
	return all.has(roleId) ? accept(withRole(all, roleId, [])) : refuse('none');
}

/** Without roles that are gone. */
export function forget(all: RolePermissions, gone: ReadonlySet<string>): RolePermissions {
	return new Map([...all].filter(([roleId]) => !gone.has(roleId)));
}

function withRole(all: RolePermissions, roleId: string, permissions: readonly FakePermission[]): RolePermissions {
	const changed = new Map(all);
	const ordered = grantable.filter((permission) => permissions.includes(permission));
	if (ordered.length === 0) changed.delete(roleId);
	else changed.set(roleId, ordered);
	return changed;
}
