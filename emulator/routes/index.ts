import type { RouteTable } from '../rest/route.js';
import { applications } from './applications.js';
import { attachments } from './attachments.js';
import { channels } from './channels.js';
import { clientCommands } from './clientCommands.js';
import { commandPermissions } from './commandPermissions.js';
import { commands } from './commands.js';
import { gateway } from './gateway.js';
import { guildAreas } from './guildAreas.js';
import { guilds } from './guilds.js';
import { interactionCallbacks } from './interactionCallbacks.js';
import { interactions } from './interactions.js';
import { interactionWebhooks } from './interactionWebhooks.js';
import { messages } from './messages.js';
import { reactions } from './reactions.js';
import { typing } from './typing.js';
import { users } from './users.js';

/** Every route family. A new one is a file of this folder and a line here. */
export const areas: ((routes: RouteTable) => void)[] = [
	gateway,
	users,
	applications,
	commands,
	clientCommands,
	commandPermissions,
	interactions,
	interactionCallbacks,
	interactionWebhooks,
	guilds,
	channels,
	messages,
	attachments,
	reactions,
	typing,
	...guildAreas
];
