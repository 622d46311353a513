import type { Role } from 'discord.js';
import { rest, role } from '#lib/commands/options/index.js';
import type { Autocomplete, OptionKind } from '#lib/commands/options/option.js';
import { closest } from '#lib/commands/suggest.js';
import { refusal } from '#lib/errors/refusal.js';
import { type FakePermission, findPermission, grantable } from './domain.js';

/**
 * By slash a role. By prefix the name of a role or of a permission, which may have several words: the original took the permission first, so
 * {@link readGrant} tells the two apart.
 */
export function roleWord(): OptionKind<Role | string> {
	const kind = role();
	return {
		...kind,
		parse: (typed) => typed,
		isOneValue: (words, context) => (kind.isOneValue?.(words, context) ?? false) || findPermission(words) !== null
	};
}

export function permissionWord(autocomplete: Autocomplete): OptionKind<string> {
	return rest({ max: 100, autocomplete });
}

/** The role and the permission of two words, whichever stands first. `roleOf` finds the role that a text means. */
export async function readGrant(
	first: Role | string,
	second: string,
	roleOf: (text: string) => Promise<Role | null>
): Promise<{ readonly role: Role; readonly permission: FakePermission }> {
	if (typeof first !== 'string') return { role: first, permission: findPermission(second) ?? unknown(second) };
	for (const [roleText, permissionText] of [[first, second] as const, [second, first] as const]) {
		const permission = findPermission(permissionText);
		const role = permission === null ? null : await roleOf(roleText);
		if (permission !== null && role !== null) return { role, permission };
	}
	if (findPermission(second) !== null || findPermission(first) !== null)
		throw refusal('fakepermissions', 'role-not-found', { given: findPermission(second) === null ? second : first });
	return unknown([second, first].find((text) => guessOf(text) !== undefined) ?? second);
}

function guessOf(given: string): string | undefined {
	return closest(given.replaceAll(/[\s_-]/g, ''), grantable, 1)[0];
}

function unknown(given: string): never {
	const guess = guessOf(given);
	throw guess === undefined
		? refusal('fakepermissions', 'unknown-permission', { given })
		: refusal('fakepermissions', 'unknown-permission-guess', { given, guess });
}
