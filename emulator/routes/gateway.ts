import { fewestShards } from '../gateway/shards.js';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import type { JsonObject } from '../state/types.js';

/** Where the websocket is, and how many shards. */
export function gateway(routes: RouteTable): void {
	routes.get('/gateway', (call) => ({ url: call.discord.urls.gateway }), { auth: 'none' });
	routes.get('/gateway/bot', gatewayBot, { auth: 'bot' });
}

function gatewayBot(call: Call): JsonObject {
	const application = call.world.applications.get(call.actor.applicationId ?? '');
	if (application === undefined) throw refuse(10002);
	return {
		url: call.discord.urls.gateway,
		session_start_limit: {
			total: application.sessionStarts.total,
			remaining: application.sessionStarts.remaining,
			reset_after: application.sessionStarts.resetAfter,
			max_concurrency: application.maxConcurrency
		},
		shards: Math.max(application.shards, fewestShards(call.world, application.bot.user.id))
	};
}
