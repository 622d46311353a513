import { storeEmoji } from '../actions/images.js';
import { invalidBody, refuse } from '../rest/errors.js';
import { type Call, created, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Application } from '../state/application.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';

const mostEmojis = 2000;

/** Emojis that belong to the bot itself. https://discord.com/developers/docs/resources/emoji#list-application-emojis */
export function applicationEmojis(routes: RouteTable): void {
	const path = '/applications/:applicationId/emojis';
	routes.get(path, (call) => ({ items: [...own(call).emojis.values()] }), { auth: 'bot' });
	routes.post(path, create, { auth: 'bot' });
	routes.get(`${path}/:emojiId`, find, { auth: 'bot' });
	routes.patch(`${path}/:emojiId`, rename, { auth: 'bot' });
	routes.delete(`${path}/:emojiId`, remove, { auth: 'bot' });
}

function own(call: Call): Application {
	const application = call.world.applications.get(call.param('applicationId'));
	if (application === undefined) throw refuse(10002);
	if (application.bot.user.id !== call.actorId) throw refuse(20012);
	return application;
}

function find(call: Call): JsonObject {
	const emoji = own(call).emojis.get(call.param('emojiId'));
	if (emoji === undefined) throw refuse(10014);
	return emoji;
}

function create(call: Call): Reply {
	const { emojis } = own(call);
	if (emojis.size >= mostEmojis) throw refuse(30008);
	const name = call.body.requiredString('name', 2, 32);
	const id = call.world.ids.next();
	const animated = storeEmoji(call, id);
	requireFree(emojis, name, id);
	const user = partialUserView(call.actor.user);
	const emoji = { id, name, roles: [], user, require_colons: true, managed: false, animated, available: true };
	emojis.set(id, emoji);
	return created(emoji);
}

function requireFree(emojis: Application['emojis'], name: string, id: string): void {
	if (![...emojis.values()].some((emoji) => emoji['name'] === name && emoji['id'] !== id)) return;
	throw invalidBody({ name: [{ code: 'APPLICATION_EMOJI_NAME_ALREADY_TAKEN', message: 'Emoji with this name already exists.' }] });
}

function rename(call: Call): JsonObject {
	const emoji = find(call);
	const name = call.body.requiredString('name', 2, 32);
	call.body.done();
	requireFree(own(call).emojis, name, String(emoji['id']));
	emoji['name'] = name;
	return emoji;
}

function remove(call: Call): Reply {
	own(call).emojis.delete(String(find(call)['id']));
	return noContent;
}
