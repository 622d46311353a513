import type { Call, RouteTable } from '../rest/route.js';
import { requireChannel } from '../state/access.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';

/** Channels by their id. */
export function channels(routes: RouteTable): void {
	routes.get('/channels/:channelId', getChannel);
}

function getChannel(call: Call): JsonObject {
	return channelView(call.world, requireChannel(call.world, call.param('channelId'), call.actorId), call.actorId);
}
