import type { Call, RouteTable } from '../rest/route.js';
import { requireGuild } from '../state/access.js';
import type { JsonObject } from '../state/types.js';
import { guildView } from '../views/guild.js';

/** Servers as a whole. */
export function guilds(routes: RouteTable): void {
	routes.get('/guilds/:guildId', getGuild);
}

function getGuild(call: Call): JsonObject {
	const guild = requireGuild(call.world, call.param('guildId'), call.actorId);
	const view = guildView(guild);
	if (call.query['with_counts'] !== 'true') return view;
	return { ...view, approximate_member_count: guild.members.size, approximate_presence_count: guild.presences.size };
}
