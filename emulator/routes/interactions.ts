import { startInteraction } from '../actions/interactions.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';

/** How Discord's own clients run commands and press buttons. */
export function interactions(routes: RouteTable): void {
	routes.post('/interactions', interact, { auth: 'user' });
}

function interact(call: Call): Reply {
	startInteraction(call);
	return noContent;
}
