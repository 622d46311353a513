import { type PermissionResolvable, PermissionsBitField, type PermissionsString } from 'discord.js';
import type { MessageKey } from '#generated/messages.js';
import type { Translate } from '#lib/i18n/languages.js';

/** What a role must not carry when it is given without a moderator's hand (features 1.3). */
export const dangerousPermissions = [
	'Administrator',
	'KickMembers',
	'BanMembers',
	'ModerateMembers',
	'ManageGuild',
	'ManageChannels',
	'ManageRoles',
	'ManageMessages',
	'ManageWebhooks',
	'ManageEmojisAndStickers',
	'ManageGuildExpressions',
	'ManageThreads',
	'ManageEvents',
	'ManageNicknames',
	'MentionEveryone',
	'MuteMembers',
	'DeafenMembers',
	'MoveMembers',
	'ViewAuditLog'
] as const satisfies readonly PermissionsString[];

const dangerousBits = PermissionsBitField.resolve([...dangerousPermissions]);

/** True when a role with these permissions must not be given automatically. */
export function isDangerous(permissions: PermissionResolvable): boolean {
	return (PermissionsBitField.resolve(permissions) & dangerousBits) !== 0n;
}

/** Which of them make a role dangerous. */
export function dangerousOf(permissions: PermissionResolvable): PermissionsString[] {
	const bits = PermissionsBitField.resolve(permissions);
	return dangerousPermissions.filter((name) => (bits & PermissionsBitField.Flags[name]) !== 0n);
}

/** The key of a permission's name as Discord's settings call it. */
export function permissionKey(name: PermissionsString): MessageKey {
	return `discord:permissions.${name}`;
}

/** The names of permissions for people, in a list such as "Ban Members and Kick Members". */
export function permissionList(names: readonly PermissionsString[], t: Translate, locale: string): string {
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map((name) => t(permissionKey(name))));
}
