import type { PermissionsString } from 'discord.js';
import { PermissionsBitField } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import type { SentenceValues } from '#lib/core/outcome.js';
import { timestamp } from '#lib/discord/format.js';
import { cut } from '#lib/discord/limits.js';
import { permissionKey } from '#lib/discord/permissions.js';
import type { Value } from '#lib/i18n/interpolate.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';

/**
 * The sentence of a refusal, `<module>:refusals.<code>`. Of its values, `permissions` (flags) become the names that Discord
 * shows, `roles` (ids) mentions, and `until` (milliseconds) a time that Discord shows in the reader's zone; `given` and `extra`,
 * which people typed, are cut.
 */
export function refusalText(
	{ module, code, values = {} }: { readonly module: string; readonly code: string; readonly values?: SentenceValues },
	t: Translate,
	languages: Languages
): string {
	const key = `${module}:refusals.${code}`;
	if (!languages.has(key)) throw new Error(`There is no sentence "${key}" for a refusal.`);
	const { permissions, roles, until } = values;
	const shown: Record<string, Value> = { ...values };
	for (const name of ['given', 'extra']) {
		const typed = values[name];
		if (typeof typed === 'string') shown[name] = cut(typed, longestQuote);
	}
	if (typeof permissions === 'string') shown['permissions'] = permissionNames(permissions, t);
	if (typeof roles === 'string' && roleIds.test(roles)) shown['roles'] = markup(roles.replaceAll(/\d+/g, '<@&$&>'));
	if (typeof until === 'number') shown['until'] = markup(timestamp(until));
	return t(key, shown);
}

/** As much as people need to know their own words again. */
const longestQuote = 100;

/** Ids such as `1, 2`: shown as mentions, which ping nobody. */
const roleIds = /^\d+(, \d+)*$/;

function permissionNames(permissions: string, t: Translate): string {
	const flags = permissions.split(', ').filter((flag): flag is PermissionsString => flag in PermissionsBitField.Flags);
	return flags.length === 0 ? permissions : flags.map((flag) => t(permissionKey(flag))).join(', ');
}
