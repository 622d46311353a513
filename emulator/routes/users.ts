import { moderateProfiles } from '../actions/autoModeration.js';
import { openDm } from '../actions/dms.js';
import { storeImage } from '../actions/images.js';
import { announceUser } from '../actions/users.js';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { selfView, userView } from '../views/user.js';

/** Users and direct messages. */
export function users(routes: RouteTable): void {
	routes.get('/users/@me', (call) => selfView(call.actor.user));
	routes.patch('/users/@me', editSelf);
	routes.get('/users/:userId', getUser);
	routes.post('/users/@me/channels', createDm);
}

function getUser(call: Call): JsonObject {
	const user = call.world.users.get(call.param('userId'));
	if (user === undefined) throw refuse(10013);
	return userView(user);
}

function editSelf(call: Call): JsonObject {
	const { body } = call;
	const name = body.string('username', 2, 32);
	const globalName = body.nullableString('global_name', 1, 32);
	const avatar = storeImage(call, 'avatar', `avatars/${call.actorId}`);
	const banner = storeImage(call, 'banner', `banners/${call.actorId}`);
	body.done();
	const { user } = call.actor;
	if (name !== undefined) user.username = name;
	if (globalName !== undefined) user.global_name = globalName;
	if (avatar !== undefined) user.avatar = avatar;
	if (banner !== undefined) user.banner = banner;
	announceUser(call.discord, user);
	if (name !== undefined || globalName !== undefined) moderateProfiles(call.discord, user.id);
	return selfView(user);
}

function createDm(call: Call): JsonObject {
	const list = call.body.snowflakes('recipients');
	const recipientId = call.body.snowflake('recipient_id') ?? list?.[0];
	call.body.done();
	const recipient = call.world.users.get(recipientId ?? '');
	if (recipient === undefined || recipient.id === call.actorId) throw refuse(50033);
	return channelView(call.world, openDm(call.discord, call.actorId, recipient.id), call.actorId);
}
