import type { PermissionsString } from 'discord.js';
import { PermissionsBitField } from 'discord.js';
import type { SentenceValues } from '#lib/core/outcome.js';
import { permissionKey } from '#lib/discord/permissions.js';
import type { Languages, Translate } from '#lib/i18n/languages.js';

/** The sentence of a refusal, `<module>:refusals.<code>`. Permission flags among its values become the names that Discord shows. */
export function refusalText(
	{ module, code, values = {} }: { readonly module: string; readonly code: string; readonly values?: SentenceValues },
	t: Translate,
	languages: Languages
): string {
	const key = `${module}:refusals.${code}`;
	if (!languages.has(key)) throw new Error(`There is no sentence "${key}" for a refusal.`);
	const { permissions } = values;
	if (typeof permissions !== 'string') return t(key, values);
	const flags = permissions.split(', ').filter((flag): flag is PermissionsString => flag in PermissionsBitField.Flags);
	return t(key, { ...values, permissions: flags.length === 0 ? permissions : flags.map((flag) => t(permissionKey(flag))).join(', ') });
}
