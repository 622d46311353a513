import type { PermissionsString } from 'discord.js';
import { PermissionsBitField } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import type { SentenceValues } from '#lib/core/outcome.js';
import { permissionKey } from '#lib/discord/permissions.js';
import type { Value } from '#lib/i18n/interpolate.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';

/**
 * The sentence of a refusal, `<module>:refusals.<code>`. Of its values, `permissions` (flags) become the names that Discord
 * shows, and `roles` (ids) mentions.
 */
export function refusalText(
	{ module, code, values = {} }: { readonly module: string; readonly code: string; readonly values?: SentenceValues },
	t: Translate,
	languages: Languages
): string {
	const key = `${module}:refusals.${code}`;
	if (!languages.has(key)) throw new Error(`There is no sentence "${key}" for a refusal.`);
	const { permissions, roles } = values;
	const shown: Record<string, Value> = { ...values };
	if (typeof permissions === 'string') shown['permissions'] = permissionNames(permissions, t);
	if (typeof roles === 'string' && roleIds.test(roles)) shown['roles'] = markup(roles.replaceAll(/\d+/g, '<@&$&>'));
	return t(key, shown);
}

/** Ids such as `1, 2`: shown as mentions, which ping nobody. */
const roleIds = /^\d+(, \d+)*$/;

function permissionNames(permissions: string, t: Translate): string {
	const flags = permissions.split(', ').filter((flag): flag is PermissionsString => flag in PermissionsBitField.Flags);
	return flags.length === 0 ? permissions : flags.map((flag) => t(permissionKey(flag))).join(', ');
}
