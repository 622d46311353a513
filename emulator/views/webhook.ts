import type { Discord } from '../discord.js';
import type { JsonObject } from '../state/types.js';
import type { Webhook } from '../state/world.js';
import { partialUserView } from './user.js';

/** A webhook; its token only for those who may manage it. */
export function webhookView(discord: Discord, webhook: Webhook, withToken: boolean, withUser = true): JsonObject {
	const { id, type, name, avatar, channelId, guildId, applicationId, token, user } = webhook;
	const secret = { token, url: `${discord.urls.api}/webhooks/${id}/${token}` };
	return {
		application_id: applicationId,
		avatar,
		channel_id: channelId,
		guild_id: guildId,
		id,
		name: name ?? '',
		type,
		...(withUser ? { user: partialUserView(user) } : {}),
		...(withToken && type === 1 ? secret : {})
	};
}
