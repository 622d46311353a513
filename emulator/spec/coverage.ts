import { CLIENT_ROUTES } from '../rest/clientRoutes.js';
import { type Route, RouteTable } from '../rest/route.js';
import { areas } from '../routes/index.js';
import { OperationMatcher } from './matcher.js';
import { namedOperations } from './operationTable.js';
import type { Operation } from './types.js';

export type Standing = 'implemented' | 'not needed' | 'missing';

export interface Coverage {
	operation: Operation;
	standing: Standing;
	/** Why it is not needed. */
	reason: string;
}

/** Operations a moderation and community bot has no business with, by the beginning of their path. */
const notNeeded: readonly (readonly [prefix: string, reason: string])[] = [
	['/lobbies', 'games: lobbies of the Social SDK'],
	['/partner-sdk', 'games: accounts of the Social SDK'],
	['/skus', 'shop'],
	['/applications/{application_id}/entitlements', 'shop'],
	['/users/@me/applications/{application_id}/entitlements', 'shop'],
	['/applications/{application_id}/activity-instances', 'activities'],
	['/applications/{application_id}/attachment', 'activities'],
	['/applications/{application_id}/role-connections', 'linked roles'],
	['/users/@me/applications/{application_id}/role-connection', 'linked roles'],
	['/users/@me/connections', 'linked accounts'],
	['/guilds/{guild_id}/soundboard-sounds', 'soundboard'],
	['/soundboard-default-sounds', 'soundboard'],
	['/channels/{channel_id}/send-soundboard-sound', 'soundboard'],
	['/channels/{channel_id}/recipients', 'group messages, which bots cannot join'],
	['/guilds/templates', 'templates of servers'],
	['/guilds/{guild_id}/templates', 'templates of servers'],
	['/guilds/{guild_id}/widget.', 'widget of a server, which pages show'],
	['/guilds/{guild_id}/welcome-screen', 'welcome screen of clients'],
	['/guilds/{guild_id}/new-member-welcome', 'onboarding of clients'],
	['/guilds/{guild_id}/requests', 'applications to join, which only people decide'],
	['/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/exceptions', 'exceptions of repeated events'],
	['/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/{guild_scheduled_event_exception_id}', 'exceptions of repeated events'],
	['/invites/{code}/target-users', 'invites for listed people'],
	['/sticker-packs/{pack_id}', "Discord's own sticker packs"],
	['/channels/{channel_id}/threads/search', 'search, which bots of this kind do not use'],
	['/guilds/{guild_id}/messages/search', 'search, which bots of this kind do not use'],
	['/oauth2/keys', 'signatures of OpenID'],
	['/oauth2/userinfo', 'OpenID'],
	['/webhooks/{webhook_id}/{webhook_token}/github', 'webhooks for other services'],
	['/webhooks/{webhook_id}/{webhook_token}/slack', 'webhooks for other services']
];

/** The routes that the emulator registers. */
export function registeredRoutes(): readonly Route[] {
	const table = new RouteTable();
	for (const area of areas) area(table);
	return table.routes;
}

/** Where the emulator stands with each of Discord's operations, read from its registrations. */
export function coverage(routes: readonly Route[] = registeredRoutes()): Coverage[] {
	const matcher = new OperationMatcher(namedOperations);
	const implemented = new Set(routes.flatMap((route) => operationsOf(matcher, route)));
	return namedOperations.map((operation) => {
		if (implemented.has(operation.id)) return { operation, standing: 'implemented', reason: '' };
		const found = notNeeded.find(([prefix]) => operation.path.startsWith(prefix));
		return found ? { operation, standing: 'not needed', reason: found[1] } : { operation, standing: 'missing', reason: '' };
	});
}

/** A route with parameters also serves the operations whose literals fit them: `:messageId` takes `@original`. */
function operationsOf(matcher: OperationMatcher, { method, path }: Route): string[] {
	const template = path.replaceAll(/:\w+/g, '1');
	const alias = path.replace(/:\w+$/, '@original').replaceAll(/:\w+/g, '1');
	return [template, alias].flatMap((each) => matcher.match(method, each)?.operation.id ?? []);
}

/** docs/discord-operations.md. */
export function renderCoverage(rows: readonly Coverage[]): string {
	const count = (standing: Standing) => rows.filter((row) => row.standing === standing).length;
	const cells = rows.map(({ operation: { id, method, path }, standing, reason }) => {
		return [`\`${method} ${path}\``, id, `${standing}${reason === '' ? '' : `: ${reason}`}`];
	});
	return [
		'# Discord’s operations and the emulator',
		'',
		'Made by `npm run discord:operations` from the emulator’s route registrations and Discord’s official description. Do not edit by hand.',
		'',
		`${rows.length} operations: ${count('implemented')} implemented, ${count('not needed')} not needed, ${count('missing')} missing.`,
		'',
		...alignedTable([['route', 'operation', 'state'], ...cells]),
		'',
		'## Beyond the description',
		'',
		'Routes that Discord has and its description leaves out, most of them for its own clients. All are implemented.',
		'',
		...alignedTable([['route', 'what for'], ...[...CLIENT_ROUTES].map(([route, reason]) => [`\`${route}\``, reason])]),
		''
	].join('\n');
}

/** Columns of one width, as the formatter wants them. */
function alignedTable([head = [], ...rows]: readonly (readonly string[])[]): string[] {
	const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
	const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
	return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}
