import { isObject } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import type { Call, RouteTable } from '../rest/route.js';
import type { Application } from '../state/application.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';

/** The bot's own application. */
export function applications(routes: RouteTable): void {
	routes.get('/applications/@me', own, { auth: 'bot' });
	routes.get('/oauth2/applications/@me', own, { auth: 'bot' });
	routes.get('/applications/:applicationId', own, { auth: 'bot' });
	routes.patch('/applications/@me', edit, { auth: 'bot' });
	routes.patch('/applications/:applicationId', edit, { auth: 'bot' });
}

function own(call: Call): JsonObject {
	return applicationView(call, requireApplication(call));
}

function edit(call: Call): JsonObject {
	const application = requireApplication(call);
	const description = call.body.raw('description');
	const text = isObject(description) ? description['default'] : description;
	const flags = call.body.integer('flags', 0, 2 ** 31 - 1);
	call.body.done();
	if (typeof text === 'string') application.description = text;
	application.flags = flags ?? application.flags;
	return applicationView(call, application);
}

/** The application of the bot that asks. */
export function requireApplication(call: Call): Application {
	const application = call.world.applications.get(call.actor.applicationId ?? '');
	if (application === undefined) throw refuse(10002);
	if ((call.params['applicationId'] ?? application.id) !== application.id) throw refuse(20012);
	return application;
}

function applicationView(call: Call, application: Application): JsonObject {
	const owner = call.world.users.get(application.ownerId);
	let guilds = 0;
	for (const guild of call.world.guilds.values()) if (guild.members.has(application.bot.user.id)) guilds++;
	return {
		id: application.id,
		name: application.name,
		icon: null,
		description: application.description,
		type: null,
		summary: '',
		bot: partialUserView(application.bot.user),
		rpc_origins: [],
		bot_public: true,
		bot_require_code_grant: false,
		verify_key: '0'.repeat(64),
		flags: application.flags,
		owner: owner === undefined ? null : partialUserView(owner),
		team: null,
		approximate_guild_count: guilds,
		approximate_user_install_count: application.userInstalls.size,
		approximate_user_authorization_count: 0,
		redirect_uris: [],
		interactions_endpoint_url: null,
		role_connections_verification_url: null,
		integration_types_config: { '0': {}, '1': {} },
		explicit_content_filter: 0,
		flags_new: String(application.flags),
		eligible_oauth2_scopes: []
	};
}
