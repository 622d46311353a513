import { readDraft, refuseEmptied, refuseEmpty } from '../actions/draft.js';
import { answerPowers, postAnswer } from '../actions/interactionMessages.js';
import { deleteMessage, editMessage } from '../actions/messages.js';
import { isObject } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import { type Interaction, TOKEN_MS } from '../state/interaction.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';
import { webhookMessages } from './webhookMessages.js';

/** Answers after the first one: by the interaction's token, for 15 minutes. Other webhooks share the path. */
export function interactionWebhooks(routes: RouteTable): void {
	const one = '/webhooks/:webhookId/:token/messages/:messageId';
	routes.post('/webhooks/:webhookId/:token', (call) => choose(call, followUp, webhookMessages.execute), { auth: 'none' });
	routes.get(one, (call) => choose(call, get, webhookMessages.get), { auth: 'none' });
	routes.patch(one, (call) => choose(call, edit, webhookMessages.edit), { auth: 'none' });
	routes.delete(one, (call) => choose(call, remove, webhookMessages.remove), { auth: 'none' });
}

type Made = JsonObject | Reply;

function choose(call: Call, own: (call: Call, interaction: Interaction) => Made, other: (call: Call) => Made): Made {
	return call.world.applications.has(call.param('webhookId')) ? own(call, requireInteraction(call)) : other(call);
}

function requireInteraction(call: Call): Interaction {
	const interaction = call.world.interactionsByToken.get(call.param('token'));
	if (interaction === undefined || interaction.application.id !== call.param('webhookId')) throw refuse(50027);
	if (call.world.clock.now() - interaction.createdAt > TOKEN_MS) throw refuse(50027);
	// Nothing may follow what was never acknowledged.
	if (interaction.answeredWith === null) throw refuse(10015);
	return interaction;
}

function requireAnswer(call: Call, interaction: Interaction): Message {
	const asked = call.param('messageId');
	const id = asked === '@original' ? interaction.originalId : asked;
	const known = id === interaction.originalId || interaction.followupIds.includes(id ?? '');
	const message = known ? interaction.channel.messages.get(id ?? '') : undefined;
	if (message === undefined) throw refuse(10008);
	return message;
}

function view(call: Call, interaction: Interaction, message: Message): JsonObject {
	return messageView(call.world, message, interaction.application.bot.user.id);
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages */
const MOST_FOLLOW_UPS = 5;

function isOwnInstall({ metadata }: Interaction): boolean {
	const owners = metadata['authorizing_integration_owners'];
	return isObject(owners) && owners['0'] === undefined;
}

function followUp(call: Call, interaction: Interaction): JsonObject {
	const { channel } = interaction;
	const draft = readDraft(call.discord, call.body, call.files, channel);
	refuseEmpty(draft);
	const original = channel.messages.get(interaction.originalId ?? '') ?? null;
	if (interaction.deferred && original !== null) {
		// The first follow-up of a deferral takes its place.
		return view(call, interaction, fill(call, interaction, original, draft));
	}
	// A person's own command does not fill a place where nobody invited the bot.
	if (isOwnInstall(interaction) && interaction.followupIds.length >= MOST_FOLLOW_UPS) throw refuse(40094);
	const message = postAnswer(call.discord, interaction, draft, false, original);
	interaction.followupIds.push(message.id);
	return view(call, interaction, message);
}

function get(call: Call, interaction: Interaction): JsonObject {
	return view(call, interaction, requireAnswer(call, interaction));
}

function edit(call: Call, interaction: Interaction): JsonObject {
	const message = requireAnswer(call, interaction);
	const draft = readDraft(call.discord, call.body, call.files, interaction.channel, message.attachments);
	if (interaction.deferred && message.id === interaction.originalId) {
		refuseEmpty(draft);
		return view(call, interaction, fill(call, interaction, message, draft));
	}
	refuseEmptied(draft, message);
	editMessage(call.discord, interaction.channel, message, draft, answerPowers(call.discord, interaction));
	return view(call, interaction, message);
}

/** Puts the real answer where "is thinking" stood. */
function fill(call: Call, interaction: Interaction, message: Message, draft: ReturnType<typeof readDraft>): Message {
	interaction.deferred = false;
	message.flags = (message.flags & ~MessageFlag.Loading) | ((draft.flags ?? 0) & MessageFlag.IsComponentsV2);
	const { flags, ...rest } = draft;
	editMessage(call.discord, interaction.channel, message, { ...rest, flags: undefined }, answerPowers(call.discord, interaction), true);
	return message;
}

function remove(call: Call, interaction: Interaction): Reply {
	deleteMessage(call.discord, interaction.channel, requireAnswer(call, interaction));
	return noContent;
}
