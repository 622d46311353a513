import type { Application } from '../state/application.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from './user.js';

/** A bot of a guild as an integration. https://discord.com/developers/docs/resources/guild#integration-object */
export function integrationView({ id, name, description, bot }: Application): JsonObject {
	return {
		id,
		type: 'discord',
		name,
		account: { id, name },
		enabled: true,
		application: { id, name, icon: null, description, type: null, bot: partialUserView(bot.user) },
		scopes: ['bot', 'applications.commands']
	};
}
