import { mayUseCommand } from '../actions/commandAccess.js';
import type { Call, RouteTable } from '../rest/route.js';
import { requireChannel, requireGuild } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';

/** The commands that a person's client lists in its picker: only those he may use. */
export function clientCommands(routes: RouteTable): void {
	routes.get('/guilds/:guildId/application-command-index', ofGuild, { auth: 'user' });
	routes.get('/channels/:channelId/application-command-index', ofChannel, { auth: 'user' });
}

function ofGuild(call: Call): JsonObject {
	const guild = requireGuild(call.world, call.param('guildId'), call.actorId);
	const [first] = guild.channels.values();
	return first === undefined ? { applications: [], application_commands: [] } : index(call, guild, first);
}

function ofChannel(call: Call): JsonObject {
	const channel = requireChannel(call.world, call.param('channelId'), call.actorId);
	return index(call, call.world.guilds.get(channel.guildId ?? '') ?? null, channel);
}

function index(call: Call, guild: Guild | null, channel: Channel): JsonObject {
	const commands: Json[] = [];
	const applications: Json[] = [];
	for (const application of call.world.applications.values()) {
		const scopes = guild === null ? [null] : [null, guild.id];
		applications.push({ id: application.id, name: application.name, bot: partialUserView(application.bot.user) });
		for (const scope of scopes) {
			for (const command of application.commands(scope).values()) {
				if (mayUseCommand(call.discord, application, command, call.actor, guild, channel)) commands.push(command);
			}
		}
	}
	return { applications, application_commands: commands };
}
