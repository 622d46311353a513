import { leaveGuild } from '../actions/members.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { permissionsOf, requireGuild } from '../state/access.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject } from '../state/types.js';
import { memberView } from '../views/user.js';
import { actorIn } from './guildAccess.js';

/** The guilds of the caller, and leaving one. https://discord.com/developers/docs/resources/user#get-current-user-guilds */
export function userGuilds(routes: RouteTable): void {
	routes.get('/users/@me/guilds', list);
	routes.get('/users/@me/guilds/:guildId/member', ownMember);
	routes.delete('/users/@me/guilds/:guildId', leave);
}

function list(call: Call): JsonObject[] {
	const { before, after } = call.query;
	const own = [...call.world.guilds.values()].filter((guild) => guild.members.has(call.actorId));
	const within = own.filter(
		({ id }) => (after === undefined || compareSnowflakes(id, after) > 0) && (before === undefined || compareSnowflakes(id, before) < 0)
	);
	return within.slice(0, call.limit('limit', 200, 1, 200)).map((guild) => ({
		id: guild.id,
		name: guild.name,
		icon: guild.icon,
		banner: guild.banner,
		owner: guild.ownerId === call.actorId,
		permissions: String(permissionsOf(call.world, guild, call.actorId)),
		features: guild.features,
		...(call.flag('with_counts') ? { approximate_member_count: guild.members.size, approximate_presence_count: guild.presences.size } : {})
	}));
}

function ownMember(call: Call): JsonObject {
	return memberView(actorIn(call, requireGuild(call.world, call.param('guildId'), call.actorId)));
}

function leave(call: Call): Reply {
	const guild = requireGuild(call.world, call.param('guildId'), call.actorId);
	// An owner has to hand the server over first.
	if (guild.ownerId === call.actorId) throw refuse(50055);
	leaveGuild(call.discord, guild, call.actorId);
	return noContent;
}
