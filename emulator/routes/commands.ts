import { saveCommand } from '../actions/commands.js';
import { Body, isObject } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import { tooManyOf } from '../rest/rateLimits.js';
import { type Call, noContent, Reply, type RouteTable } from '../rest/route.js';
import type { Application, ApplicationCommand } from '../state/application.js';
import type { Json, JsonObject } from '../state/types.js';
import { requireApplication } from './applications.js';

/** Discord: 100 chat-input commands and 5 of each context menu kind in a scope. */
const MOST = { 1: 100, 2: 15, 3: 15 } as const;

/** Registration of commands, for everybody and for one server. */
export function commands(routes: RouteTable): void {
	for (const scope of ['/applications/:applicationId', '/applications/:applicationId/guilds/:guildId']) {
		routes.get(`${scope}/commands`, list, { auth: 'bot' });
		routes.put(`${scope}/commands`, overwrite, { auth: 'bot' });
		routes.post(`${scope}/commands`, create, { auth: 'bot' });
		routes.get(`${scope}/commands/:commandId`, get, { auth: 'bot' });
		routes.patch(`${scope}/commands/:commandId`, edit, { auth: 'bot' });
		routes.delete(`${scope}/commands/:commandId`, remove, { auth: 'bot' });
	}
}

interface Scope {
	application: Application;
	guildId: string | null;
	commands: Map<string, ApplicationCommand>;
}

function readScope(call: Call): Scope {
	const application = requireApplication(call);
	const guildId = call.params['guildId'] ?? null;
	if (guildId !== null && !call.world.guilds.get(guildId)?.members.has(application.bot.user.id)) throw refuse(50001);
	return { application, guildId, commands: application.commands(guildId) };
}

function requireCommand(call: Call, scope: Scope): ApplicationCommand {
	const command = scope.commands.get(call.param('commandId'));
	if (command === undefined) throw refuse(10063);
	return command;
}

/** Localizations are left out of lists unless they are asked for. */
function shown(call: Call, command: ApplicationCommand): JsonObject {
	if (call.flag('with_localizations')) return command;
	const { name_localizations, description_localizations, ...rest } = command;
	return rest;
}

function list(call: Call): Json {
	return [...readScope(call).commands.values()].map((command) => shown(call, command));
}

function get(call: Call): JsonObject {
	return requireCommand(call, readScope(call));
}

function overwrite(call: Call): Json {
	const scope = readScope(call);
	const bodies = call.rawBody;
	if (!Array.isArray(bodies))
		throw invalidBody({ '': [{ code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType.' }] });
	requireRoom(bodies.filter(isObject));
	const before = [...scope.commands.values()];
	const fresh = bodies.filter(isObject).filter((body) => !before.some((command) => isSame(command, body))).length;
	countCreates(call, scope, fresh);
	const after = new Map<string, ApplicationCommand>();
	for (const [index, body] of bodies.entries()) {
		const fields = isObject(body) ? body : {};
		const known = before.find((command) => isSame(command, fields));
		const command = saveCommand(call.discord, scope.application, scope.guildId, new Body(fields), known ?? null, true, `${index}`);
		after.set(command.id, command);
	}
	scope.commands.clear();
	for (const [id, command] of after) scope.commands.set(id, command);
	return [...after.values()];
}

function isSame(command: ApplicationCommand, body: JsonObject): boolean {
	return command.name === body['name'] && command.type === (body['type'] ?? 1);
}

/** Two hundred new commands a day and scope; one that is there already may be written as often as one likes. */
function countCreates(call: Call, { application, guildId }: Scope, count: number): void {
	const { commandCreates, rateLimits, world } = call.discord;
	if (rateLimits === 'off' || count === 0) return;
	const key = `${application.id}:${guildId ?? ''}`;
	const wait = commandCreates.wait(key, world.clock.now(), count);
	if (wait > 0) throw tooManyOf(30_034, wait / 1000);
	commandCreates.use(key, world.clock.now(), count);
}

function requireRoom(bodies: JsonObject[]): void {
	for (const type of [1, 2, 3] as const) {
		if (bodies.filter((body) => (body['type'] ?? 1) === type).length > MOST[type]) throw refuse(30032);
	}
	const names = new Set<string>();
	for (const [index, body] of bodies.entries()) {
		const key = `${body['type'] ?? 1}:${body['name']}`;
		if (names.has(key)) {
			throw invalidBody({
				[`${index}`]: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message: 'Application command names must be unique' }]
			});
		}
		names.add(key);
	}
}

function create(call: Call): Reply {
	const scope = readScope(call);
	const { body } = call;
	const type = body.integer('type') ?? 1;
	const known = [...scope.commands.values()].find((command) => command.name === body.raw('name') && command.type === type) ?? null;
	if (known === null) {
		requireRoom([...scope.commands.values(), body.fields]);
		countCreates(call, scope, 1);
	}
	const command = saveCommand(call.discord, scope.application, scope.guildId, body, known, true);
	scope.commands.set(command.id, command);
	return new Reply(known === null ? 201 : 200, command);
}

function edit(call: Call): JsonObject {
	const scope = readScope(call);
	const command = saveCommand(call.discord, scope.application, scope.guildId, call.body, requireCommand(call, scope), false);
	scope.commands.set(command.id, command);
	return command;
}

function remove(call: Call): Reply {
	const scope = readScope(call);
	scope.commands.delete(requireCommand(call, scope).id);
	return noContent;
}
