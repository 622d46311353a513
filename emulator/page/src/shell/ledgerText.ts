import type { LedgerEntry } from '../connection/control.js';

/** Routes that come up often, in words. */
const sentences: Record<string, string> = {
	'POST /channels/:channelId/messages': 'sent a message',
	'PATCH /channels/:channelId/messages/:messageId': 'edited a message',
	'DELETE /channels/:channelId/messages/:messageId': 'deleted a message',
	'GET /channels/:channelId/messages': 'read a channel',
	'GET /channels/:channelId/messages/:messageId': 'read a message',
	'POST /channels/:channelId/messages/bulk-delete': 'deleted messages',
	'POST /channels/:channelId/typing': 'is typing',
	'POST /channels/:channelId/threads': 'opened a thread',
	'POST /interactions': 'used a command or a component',
	'POST /webhooks/:applicationId/:token': 'sent another answer',
	'GET /gateway/bot': 'asked where the gateway is',
	'GET /users/@me': 'asked who it is',
	'PUT /applications/:applicationId/commands': 'registered its commands',
	'GET /channels/:channelId/application-command-index': 'opened the list of commands',
	'POST /users/@me/channels': 'opened a direct message'
};

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const callbacks: Record<number, string> = {
	4: 'answered a command or a component',
	5: 'is thinking',
	6: 'will change a message',
	7: 'changed a message',
	8: 'offered choices',
	9: 'showed a form'
};

const verbs: Record<string, string> = { GET: 'read', POST: 'made', PUT: 'set', PATCH: 'changed', DELETE: 'removed' };

/** What a route is about: its last word. */
function thing(route: string): string {
	const words = route.split('/').filter((word) => word !== '' && !word.startsWith(':') && word !== '@me');
	return (words.at(-1) ?? route).replaceAll('-', ' ');
}

/** What a request did, in a few words. */
export function sentence({ method, route, path, body }: LedgerEntry): string {
	if (route?.endsWith('/callback')) {
		const type = typeof body === 'object' && body !== null && 'type' in body ? Number(body.type) : 0;
		return callbacks[type] ?? 'answered';
	}
	if (route?.includes('@original'))
		return method === 'DELETE' ? 'deleted its answer' : method === 'GET' ? 'read its answer' : 'filled in its answer';
	if (route?.includes('/reactions/')) return method === 'PUT' ? 'reacted' : 'took a reaction away';
	return sentences[`${method} ${route}`] ?? `${verbs[method] ?? method} ${thing(route ?? path)}`;
}
