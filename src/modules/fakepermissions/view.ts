import {
	type APIActionRowComponent,
	type APIStringSelectComponent,
	ComponentType,
	PermissionsBitField,
	type PermissionsString,
	type Role
} from 'discord.js';
import type { Leaf } from '#lib/commands/leaf.js';
import { rootPermissions, slashRoots } from '#lib/commands/slash/slashJson.js';
import { inlineCode, markup } from '#lib/core/markdown.js';
import { cut, limits } from '#lib/discord/limits.js';
import { permissionKey, permissionList } from '#lib/discord/permissions.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Translate } from '#lib/i18n/languages.js';
import { type FakePermission, grantable, type RolePermissions } from './domain.js';
import { editId } from './ids.js';

interface Wording {
	readonly t: Translate;
	readonly locale: string;
}

/** A role and what it has, for a sentence. */
export function grantValues(roleId: string, permissions: readonly FakePermission[], { t, locale }: Wording): Values {
	const names = permissions.length === 0 ? t('fakepermissions:nothing') : permissionList(permissions, t, locale);
	return { role: markup(`<@&${roleId}>`), permissions: names };
}

/** All roles that have any, a line each. */
export function grantLines(all: RolePermissions, wording: Wording): readonly string[] {
	return [...all].map(([roleId, permissions]) => wording.t('fakepermissions:line', grantValues(roleId, permissions, wording)));
}

export function grantableLines({ t }: Wording): readonly string[] {
	return grantable.map((name) => t('fakepermissions:grantable.line', { name: t(permissionKey(name)), word: snakeCase(name) }));
}

/** `BanMembers` as Discord's documentation writes it: `ban_members`. */
export function snakeCase(name: string): string {
	return name.replaceAll(/(?<=[a-z])[A-Z]/g, '_$&').toLowerCase();
}

/** The select that replaces what a role has; what it has now is chosen beforehand. */
export function editSelect(
	role: Role,
	userId: string,
	current: readonly FakePermission[],
	{ t }: Wording
): APIActionRowComponent<APIStringSelectComponent> {
	const select: APIStringSelectComponent = {
		type: ComponentType.StringSelect,
		custom_id: editId.encode({ roleId: role.id, userId }),
		placeholder: cut(t('fakepermissions:edit.choose'), limits.placeholder),
		min_values: 0,
		max_values: grantable.length,
		options: grantable.map((name) => ({ label: t(permissionKey(name)), value: name, default: current.includes(name) }))
	};
	return { type: ComponentType.ActionRow, components: [select] };
}

const mostRoots = 15;

/**
 * How it is with slash commands: Discord hides those from a role that ask for what it lacks, until the owner opens them for it.
 *
 * `role`: what it holds for real is not hidden.
 */
export function slashNote(added: readonly PermissionsString[], role: Role, leaves: readonly Leaf[], { t }: Wording): string {
	const given = new PermissionsBitField([...added]);
	const real = new PermissionsBitField(role.permissions.bitfield | role.guild.roles.everyone.permissions.bitfield);
	const hidden = slashRoots(leaves)
		.map(({ name, entries }) => ({ name, needed: rootPermissions(entries.map(({ leaf }) => leaf)) }))
		.filter(({ needed }) => given.any(needed) && !real.has(needed))
		.map(({ name }) => inlineCode(`/${name}`));
	if (hidden.length === 0) return t('fakepermissions:slash.shown');
	const roots = hidden.slice(0, mostRoots).join(', ');
	const bot = role.client.user.username;
	return t('fakepermissions:slash.hidden', { bot, roots: markup(hidden.length > mostRoots ? `${roots}, …` : roots) });
}
