import { acknowledge } from '../actions/callbacks.js';
import { refuse } from '../rest/errors.js';
import { type Answer, type Call, noContent, type RouteTable } from '../rest/route.js';

/** A bot's first answer to an interaction. */
export function interactionCallbacks(routes: RouteTable): void {
	routes.post('/interactions/:interactionId/:token/callback', callback, { auth: 'none' });
}

function callback(call: Call): Answer {
	const interaction = call.world.interactions.get(call.param('interactionId'));
	if (interaction === undefined || interaction.token !== call.param('token')) throw refuse(10062);
	const result = acknowledge(call, interaction);
	return call.flag('with_response') ? result : noContent;
}
