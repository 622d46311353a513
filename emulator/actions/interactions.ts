import { randomBytes } from 'node:crypto';
import { isObject } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { requireChannel } from '../state/access.js';
import type { Application } from '../state/application.js';
import type { Channel } from '../state/channel.js';
import { ACKNOWLEDGE_MS, type Interaction, TOKEN_MS } from '../state/interaction.js';
import type { Message } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { readCommandUse } from './commandUse.js';
import { readComponentUse } from './componentUse.js';
import { interactionPayload } from './interactionPayload.js';
import { readModalUse } from './modalUse.js';

/** What was used and how, whatever the kind of interaction. */
export interface Use {
	data: JsonObject;
	source: Message | null;
	commandName: string | null;
	/** Who may be asked for: `interaction_metadata` of the answer. */
	metadata: JsonObject;
	guildInstall: boolean;
}

/** Takes `POST /interactions` of a person and brings it to the bot. */
export function startInteraction(call: Call): Interaction {
	const { body, world } = call;
	const type = body.integer('type') ?? 0;
	const application = requireTarget(call);
	const channel = requireChannel(world, body.snowflake('channel_id') ?? '', call.actorId);
	const data = body.raw('data');
	if (!isObject(data)) throw invalidBody({ data: [{ code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }] });
	const use = readUse(call, type, application, channel, data);
	const interaction: Interaction = {
		id: world.ids.next(),
		token: randomBytes(64).toString('base64url'),
		type,
		application,
		user: call.actor,
		guildId: channel.guildId,
		channel,
		createdAt: world.clock.now(),
		nonce: body.string('nonce') ?? null,
		data: use.data,
		source: use.source,
		commandName: use.commandName,
		metadata: use.metadata,
		answeredWith: null,
		deferred: false,
		deferredFlags: 0,
		originalId: null,
		followupIds: [],
		cancelDeadline: () => undefined
	};
	interaction.metadata = { id: interaction.id, type, ...use.metadata };
	keep(call, interaction);
	tellUser(call, interaction, 'INTERACTION_CREATE');
	const payload = interactionPayload(call.discord, interaction, use.guildInstall);
	call.discord.dispatcher.bot(application.bot.user.id, channel.guildId, 'INTERACTION_CREATE', payload);
	return interaction;
}

function requireTarget(call: Call): Application {
	const application = call.world.applications.get(call.body.snowflake('application_id') ?? '');
	if (application === undefined) throw refuse(10002);
	return application;
}

function readUse(call: Call, type: number, application: Application, channel: Channel, data: JsonObject): Use {
	if (type === 2 || type === 4) return readCommandUse(call, application, channel, data, type === 4);
	if (type === 3) return readComponentUse(call, application, channel, data);
	if (type === 5) return readModalUse(call, application, channel, data);
	throw invalidBody({ type: [{ code: 'BASE_TYPE_CHOICES', message: 'Value must be one of (2, 3, 4, 5).' }] });
}

function keep(call: Call, interaction: Interaction): void {
	const { world } = call;
	world.interactions.set(interaction.id, interaction);
	world.interactionsByToken.set(interaction.token, interaction);
	interaction.cancelDeadline = world.clock.after(ACKNOWLEDGE_MS, () =>
		tellUser(call, interaction, 'INTERACTION_FAILURE', { reason_code: 2 })
	);
	// A minute past its end, so that a late request learns that the token is invalid, not that it never was.
	world.clock.after(TOKEN_MS + 60_000, () => {
		world.interactions.delete(interaction.id);
		world.interactionsByToken.delete(interaction.token);
	});
}

/** INTERACTION_CREATE, _SUCCESS or _FAILURE for the one who started it, as clients are told. */
export function tellUser(call: { discord: Call['discord'] }, interaction: Interaction, type: string, extra: JsonObject = {}): void {
	call.discord.dispatcher.user(interaction.user.user.id, type, { id: interaction.id, nonce: interaction.nonce, ...extra });
}
