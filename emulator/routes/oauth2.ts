import { randomBytes } from 'node:crypto';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { inviteBot } from '../actions/bots.js';
import { grantOf } from '../rest/bearer.js';
import { DiscordError, refuse } from '../rest/errors.js';
import type { Call, Reply, RouteTable } from '../rest/route.js';
import { requireGuild, requirePermission } from '../state/access.js';
import type { Application } from '../state/application.js';
import type { JsonObject } from '../state/types.js';
import { isoTime, type OAuthGrant } from '../state/world.js';
import { partialUserView } from '../views/user.js';

const weekSeconds = 604_800;
const codeMs = 60_000;

/**
 * OAuth2 for a dashboard: a person agrees by his token, the application changes the code into an access token.
 * https://discord.com/developers/docs/topics/oauth2#authorization-code-grant
 */
export function oauth2(routes: RouteTable): void {
	routes.post('/oauth2/authorize', authorize, { auth: 'user' });
	routes.post('/oauth2/token', token, { auth: 'none' });
	routes.post('/oauth2/token/revoke', revoke, { auth: 'none' });
	routes.get('/oauth2/@me', current, { auth: 'none' });
}

/** A person adds the application's bot to a server where he may manage it: `{ guild_id, permissions }`. */
function addToGuild(call: Call, application: Application): JsonObject {
	const guild = requireGuild(call.world, call.body.snowflake('guild_id') ?? '', call.actorId);
	requirePermission(call.world, call.actorId, guild, PermissionFlagsBits.ManageGuild);
	inviteBot(call.discord, guild, application, call.body.string('permissions') ?? '0', call.actorId);
	return { location: 'https://discord.com/oauth2/authorized' };
}

/** Agreeing: answers where Discord's page would send the person, with the code in the address. */
function authorize(call: Call): JsonObject {
	const clientId = call.query['client_id'] ?? '';
	const application = call.world.applications.get(clientId);
	const redirect = call.query['redirect_uri'] ?? '';
	if (application === undefined) throw refuse(10002);
	const scopes = (call.query['scope'] ?? 'identify').split(/[ +]/).filter(Boolean);
	if (scopes.includes('bot')) return addToGuild(call, application);
	if (call.query['integration_type'] === '1' && scopes.includes('applications.commands')) {
		application.userInstalls.add(call.actorId);
		if (redirect === '') return { location: 'https://discord.com/oauth2/authorized' };
	}
	if (!URL.canParse(redirect)) throw oauthError('invalid_request', 'Invalid "redirect_uri" in request.');
	const code = randomBytes(16).toString('hex');
	call.world.oauthCodes.set(code, {
		applicationId: clientId,
		userId: call.actorId,
		scopes,
		redirect,
		expiresAt: call.world.clock.now() + codeMs
	});
	const location = new URL(redirect);
	location.searchParams.set('code', code);
	if (call.query['state'] !== undefined) location.searchParams.set('state', call.query['state']);
	return { location: location.href };
}

/**
 * The application shows itself in the body or by HTTP Basic; its secret here is the bot's token.
 * https://discord.com/developers/docs/topics/oauth2#client-credentials-grant
 */
function requireClient(call: Call): string {
	const basic = call.authorization.startsWith('Basic ')
		? Buffer.from(call.authorization.slice('Basic '.length), 'base64').toString('utf8')
		: '';
	const [, name, password] = /^([^:]*):(.*)$/.exec(basic) ?? [];
	const clientId = name ?? call.body.string('client_id') ?? '';
	const secret = password ?? call.body.string('client_secret');
	const application = call.world.applications.get(clientId);
	if (application === undefined || application.bot.token !== secret) throw oauthError('invalid_client', 'Invalid client credentials', 401);
	return clientId;
}

function token(call: Call): JsonObject {
	const clientId = requireClient(call);
	const type = call.body.string('grant_type');
	if (type === 'refresh_token') return refresh(call, clientId);
	if (type === 'client_credentials') return ownersToken(call, clientId);
	if (type !== 'authorization_code') throw oauthError('unsupported_grant_type', 'Unsupported grant type');
	const key = call.body.string('code') ?? '';
	const code = call.world.oauthCodes.get(key);
	// A code is good once.
	call.world.oauthCodes.delete(key);
	const isGood =
		code?.applicationId === clientId && code.redirect === call.body.string('redirect_uri') && code.expiresAt > call.world.clock.now();
	if (code === undefined || !isGood) throw oauthError('invalid_grant', 'Invalid "code" in request.');
	return issue(call, { applicationId: clientId, userId: code.userId, scopes: code.scopes });
}

function refresh(call: Call, clientId: string): JsonObject {
	const key = call.body.string('refresh_token') ?? '';
	const grant = [...call.world.oauthTokens].find(([, each]) => each.refreshToken === key && each.applicationId === clientId);
	if (grant === undefined) throw oauthError('invalid_grant', 'Invalid "refresh_token" in request.');
	call.world.oauthTokens.delete(grant[0]);
	return issue(call, grant[1]);
}

/** A token of the application's owner, without one to refresh it by. */
function ownersToken(call: Call, applicationId: string): JsonObject {
	const scopes = (call.body.string('scope') ?? '').split(' ').filter(Boolean);
	const userId = call.world.applications.get(applicationId)?.ownerId;
	if (scopes.length === 0 || userId === undefined)
		throw oauthError('invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
	const { refresh_token: _, ...grant } = issue(call, { applicationId, userId, scopes });
	return grant;
}

function issue(call: Call, { applicationId, userId, scopes }: Pick<OAuthGrant, 'applicationId' | 'userId' | 'scopes'>): JsonObject {
	const accessToken = randomBytes(20).toString('base64url');
	const refreshToken = randomBytes(20).toString('base64url');
	const expiresAt = call.world.clock.now() + weekSeconds * 1000;
	call.world.oauthTokens.set(accessToken, { applicationId, userId, scopes, refreshToken, expiresAt });
	return { token_type: 'Bearer', access_token: accessToken, expires_in: weekSeconds, refresh_token: refreshToken, scope: scopes.join(' ') };
}

function revoke(call: Call): Reply | JsonObject {
	requireClient(call);
	const key = call.body.string('token') ?? '';
	for (const [accessToken, grant] of call.world.oauthTokens) {
		if (accessToken === key || grant.refreshToken === key) call.world.oauthTokens.delete(accessToken);
	}
	return {};
}

function current(call: Call): JsonObject {
	const grant = grantOf(call.world, call.authorization);
	if (grant === null) throw refuse(0);
	const application = call.world.applications.get(grant.applicationId);
	const user = call.world.users.get(grant.userId);
	if (application === undefined || user === undefined) throw refuse(0);
	const { id, name, description } = application;
	const about = {
		id,
		name,
		icon: null,
		description,
		type: null,
		verify_key: '0'.repeat(64),
		flags: application.flags,
		flags_new: String(application.flags),
		bot_public: true,
		bot_require_code_grant: false,
		max_participants: null
	};
	return {
		application: about,
		scopes: grant.scopes,
		expires: isoTime(grant.expiresAt),
		...(grant.scopes.includes('identify') ? { user: partialUserView(user) } : {})
	};
}

function oauthError(error: string, description: string, status = 400): DiscordError {
	return new DiscordError(0, status, description, null, { error, error_description: description });
}
