import type { Account } from '../state/types.js';
import type { OAuthGrant, World } from '../state/world.js';

/** What an access token opens, by scope. https://discord.com/developers/docs/topics/oauth2#shared-resources-oauth2-scopes */
const scopeOfRoute: Readonly<Record<string, string>> = {
	'GET /users/@me': 'identify',
	'GET /users/@me/guilds': 'guilds',
	'GET /users/@me/guilds/:guildId/member': 'guilds.members.read',
	'PUT /applications/:applicationId/guilds/:guildId/commands/:commandId/permissions': 'applications.commands.permissions.update'
};

/** The live grant of an `Authorization: Bearer …` header. */
export function grantOf(world: World, header: string): OAuthGrant | null {
	const grant = header.startsWith('Bearer ') ? world.oauthTokens.get(header.slice('Bearer '.length)) : undefined;
	return grant !== undefined && grant.expiresAt > world.clock.now() ? grant : null;
}

/** Whose request this is: by his own token, or by an access token whose scopes open this route. */
export function accountOf(world: World, header: string, method: string, route: string): Account | null {
	const own = world.accounts.get(header);
	if (own !== undefined) return own;
	const grant = grantOf(world, header);
	const scope = scopeOfRoute[`${method} ${route}`];
	if (grant === null || scope === undefined || !grant.scopes.includes(scope)) return null;
	return world.accountsByUser.get(grant.userId) ?? null;
}
