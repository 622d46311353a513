import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { permissionsOf } from '../state/access.js';
import type { Application, ApplicationCommand } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { mayUseCommand } from './commandAccess.js';
import { readOptions } from './commandOptions.js';
import type { Use } from './interactions.js';
import { Resolver } from './resolve.js';

/** A command or its autocomplete, checked against what the bot registered. */
export function readCommandUse(call: Call, application: Application, channel: Channel, data: JsonObject, autocomplete: boolean): Use {
	const { world, actor } = call;
	const guild = world.guilds.get(channel.guildId ?? '') ?? null;
	const { command, scopeGuildId } = find(application, channel, data);
	const installed = guild?.members.has(application.bot.user.id) ?? channel.recipients.includes(application.bot.user.id);
	const access = mayUseCommand(call.discord, application, command, actor, guild, channel);
	if (!access) throw refuse(50013);
	if (guild !== null && (permissionsOf(world, guild, actor.user.id, channel) & Bits.UseApplicationCommands) === 0n) throw refuse(50013);
	const resolver = new Resolver(call.discord, guild, channel, actor.user.id);
	const use: JsonObject = { id: command.id, name: command.name, type: command.type };
	if (scopeGuildId !== null) use['guild_id'] = scopeGuildId;
	let target: JsonObject = {};
	if (command.type === 1) {
		use['options'] = readOptions(call, channel, command, data['options'], resolver, autocomplete);
	} else target = readTarget(call, channel, command, String(data['target_id']), resolver, use);
	const resolved = resolver.result();
	if (resolved !== undefined) use['resolved'] = resolved;
	const metadata: JsonObject = {
		type: 2,
		user: partialUserView(actor.user),
		authorizing_integration_owners: owners(application, command, actor.user.id, installed ? (guild?.id ?? '0') : null),
		name: command.name,
		command_type: command.type,
		...target
	};
	return { data: use, source: null, commandName: command.name, metadata, guildInstall: installed };
}

/**
 * Who brought the command here: the server (`0`, in a direct message with the bot the id 0), the person himself (`1`), or both.
 * https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
 */
function owners(application: Application, command: ApplicationCommand, userId: string, guildId: string | null): JsonObject {
	const types = Array.isArray(command['integration_types']) ? command['integration_types'] : [0];
	const byGuild = guildId !== null && types.includes(0);
	const byUser = types.includes(1) && application.userInstalls.has(userId);
	return { ...(byGuild ? { '0': guildId } : {}), ...(byUser ? { '1': userId } : {}) };
}

function find(application: Application, channel: Channel, data: JsonObject): { command: ApplicationCommand; scopeGuildId: string | null } {
	const type = Number(data['type'] ?? 1);
	for (const scopeGuildId of channel.guildId === null ? [null] : [channel.guildId, null]) {
		const scope = application.commands(scopeGuildId);
		// Clients send the id; a person at a terminal may know the name alone.
		const byId = scope.get(String(data['id']));
		const command = byId ?? (data['id'] === undefined ? byName(scope, String(data['name']), type) : undefined);
		if (command !== undefined) return { command, scopeGuildId };
	}
	throw refuse(10063);
}

function byName(scope: Map<string, ApplicationCommand>, name: string, type: number): ApplicationCommand | undefined {
	for (const command of scope.values()) if (command.name === name && command.type === type) return command;
	return undefined;
}

function readTarget(
	call: Call,
	channel: Channel,
	command: ApplicationCommand,
	targetId: string,
	resolver: Resolver,
	use: JsonObject
): JsonObject {
	use['target_id'] = targetId;
	if (command.type === 2) {
		const user = call.world.users.get(targetId);
		if (user === undefined || !resolver.user(targetId)) throw refuse(10013);
		return { target_user: partialUserView(user) };
	}
	const message = channel.messages.get(targetId);
	if (message === undefined || (message.onlyFor !== null && message.onlyFor !== call.actorId)) {
		throw invalidBody({ 'data.target_id': [{ code: 'UNKNOWN_MESSAGE', message: 'Unknown message' }] });
	}
	resolver.message(message);
	return { target_message_id: targetId };
}
