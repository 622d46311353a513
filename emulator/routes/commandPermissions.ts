import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import { requireGuild, requirePermission } from '../state/access.js';
import type { Application } from '../state/application.js';
import type { CommandPermission, Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';

/** Discord: 100 overrides a command. */
const MOST = 100;

/** Who may use a command in a server: read by bots, set by people who manage the server. */
export function commandPermissions(routes: RouteTable): void {
	const all = '/applications/:applicationId/guilds/:guildId/commands';
	routes.get(`${all}/permissions`, list);
	routes.get(`${all}/:commandId/permissions`, get);
	routes.put(`${all}/:commandId/permissions`, set, { auth: 'user' });
}

interface Place {
	application: Application;
	guild: Guild;
}

function readPlace(call: Call): Place {
	const application = call.world.applications.get(call.param('applicationId'));
	if (application === undefined) throw refuse(10002);
	return { application, guild: requireGuild(call.world, call.param('guildId'), call.actorId) };
}

function view({ application, guild }: Place, id: string, permissions: CommandPermission[]): JsonObject {
	return { id, application_id: application.id, guild_id: guild.id, permissions: permissions.map((permission) => ({ ...permission })) };
}

function list(call: Call): Json {
	const place = readPlace(call);
	return [...place.guild.commandPermissions].map(([id, permissions]) => view(place, id, permissions));
}

function get(call: Call): JsonObject {
	const place = readPlace(call);
	const id = call.param('commandId');
	const permissions = place.guild.commandPermissions.get(id);
	if (permissions === undefined) throw refuse(10066);
	return view(place, id, permissions);
}

/** `:commandId` may be the application's own id: then it holds for all commands that have nothing of their own. */
function set(call: Call): JsonObject {
	const place = readPlace(call);
	const { application, guild } = place;
	requirePermission(call.world, call.actorId, guild, Bits.ManageGuild | Bits.ManageRoles);
	const id = call.param('commandId');
	const known = id === application.id || application.globalCommands.has(id) || application.commands(guild.id).has(id);
	if (!known) throw refuse(10063);
	const permissions = (call.body.objects('permissions') ?? []).map((entry) => readPermission(entry));
	if (permissions.length > MOST) call.body.fault('permissions', 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST} or fewer in length.`);
	call.body.done();
	if (permissions.length === 0) guild.commandPermissions.delete(id);
	else guild.commandPermissions.set(id, permissions);
	const event = view(place, id, permissions);
	call.discord.dispatcher.bot(application.bot.user.id, guild.id, 'APPLICATION_COMMAND_PERMISSIONS_UPDATE', event);
	return event;
}

function readPermission(entry: JsonObject): CommandPermission {
	const type = Number(entry['type']);
	return { id: String(entry['id']), type: type === 1 || type === 2 ? type : 3, permission: entry['permission'] === true };
}
