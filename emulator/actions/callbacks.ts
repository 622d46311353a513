import { Body, isObject } from '../rest/body.js';
import { invalidBody, refuse } from '../rest/errors.js';
import type { Call } from '../rest/route.js';
import { ACKNOWLEDGE_MS, type Interaction } from '../state/interaction.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { messageView } from '../views/message.js';
import { normaliseComponents } from './components.js';
import { readDraft, refuseEmpty } from './draft.js';
import { answerPowers, emptyDraft, postAnswer } from './interactionMessages.js';
import { tellUser } from './interactions.js';
import { editMessage } from './messages.js';

const Callback = { Pong: 1, Message: 4, Defer: 5, DeferUpdate: 6, Update: 7, Autocomplete: 8, Modal: 9 } as const;

/** Which answers each kind of interaction takes: command 2, component 3, autocomplete 4, modal 5. */
const ALLOWED: Record<number, readonly number[]> = {
	2: [Callback.Message, Callback.Defer, Callback.Modal],
	3: [Callback.Message, Callback.Defer, Callback.DeferUpdate, Callback.Update, Callback.Modal],
	4: [Callback.Autocomplete],
	5: [Callback.Message, Callback.Defer, Callback.DeferUpdate, Callback.Update]
};

/** Takes the bot's first answer, and answers what `with_response=true` returns. */
export function acknowledge(call: Call, interaction: Interaction): JsonObject {
	if (interaction.answeredWith !== null) throw refuse(40060);
	if (call.world.clock.now() - interaction.createdAt > ACKNOWLEDGE_MS) throw refuse(10062);
	const type = call.body.integer('type') ?? 0;
	const allowed = ALLOWED[interaction.type] ?? [];
	const needsMessage = type === Callback.DeferUpdate || type === Callback.Update;
	if (!allowed.includes(type) || (needsMessage && interaction.source === null)) {
		throw invalidBody({ type: [{ code: 'INTERACTION_CALLBACK_TYPE_INVALID', message: 'This callback type is not valid here.' }] });
	}
	const raw = call.body.raw('data');
	const message = perform(call, interaction, type, new Body(isObject(raw) ? raw : {}));
	interaction.answeredWith = type;
	interaction.cancelDeadline();
	if (type !== Callback.Autocomplete) tellUser(call, interaction, 'INTERACTION_SUCCESS');
	return response(call, interaction, type, message);
}

function perform(call: Call, interaction: Interaction, type: number, data: Body): Message | null {
	if (type === Callback.Autocomplete) return offerChoices(call, interaction, data);
	if (type === Callback.Modal) return offerModal(call, interaction, data);
	if (type === Callback.DeferUpdate) {
		interaction.originalId = interaction.source?.id ?? null;
		return interaction.source;
	}
	if (type === Callback.Update) return updateSource(call, interaction, data);
	const draft = type === Callback.Message ? readDraft(call.discord, data, call.files, interaction.channel) : emptyDraft(data);
	if (type === Callback.Message) refuseEmpty(draft);
	interaction.deferred = type === Callback.Defer;
	const message = postAnswer(call.discord, interaction, draft, interaction.deferred);
	interaction.originalId = message.id;
	return message;
}

function updateSource(call: Call, interaction: Interaction, data: Body): Message | null {
	const { source, channel } = interaction;
	if (source === null) return null;
	const draft = readDraft(call.discord, data, call.files, channel, source.attachments);
	editMessage(call.discord, channel, source, draft, answerPowers(call.discord, interaction));
	interaction.originalId = source.id;
	return source;
}

function offerChoices(call: Call, interaction: Interaction, data: Body): null {
	const choices = data.objects('choices') ?? [];
	if (choices.length > 25)
		throw invalidBody({ 'data.choices': [{ code: 'BASE_TYPE_MAX_LENGTH', message: 'Must be 25 or fewer in length.' }] });
	call.discord.dispatcher.user(interaction.user.user.id, 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE', {
		nonce: interaction.nonce,
		choices
	});
	return null;
}

function offerModal(call: Call, interaction: Interaction, data: Body): null {
	const customId = data.requiredString('custom_id', 1, 100);
	const title = data.requiredString('title', 1, 45);
	const components = normaliseComponents(data.objects('components') ?? [], { nextId: () => call.world.ids.next(), attachments: [] });
	data.done();
	call.world.modals.set(interaction.id, {
		userId: interaction.user.user.id,
		applicationId: interaction.application.id,
		customId,
		title,
		components,
		source: interaction.source,
		metadata: interaction.metadata
	});
	call.discord.dispatcher.user(interaction.user.user.id, 'INTERACTION_MODAL_CREATE', {
		id: interaction.id,
		channel_id: interaction.channel.id,
		nonce: interaction.nonce,
		application: { id: interaction.application.id, name: interaction.application.name },
		custom_id: customId,
		title,
		components
	});
	return null;
}

/** The description knows two kinds: a message that was made (4), deferred ones included, and one that is changed (7). */
function resource(call: Call, interaction: Interaction, type: number, message: Message): JsonObject {
	const made = type === Callback.Message || type === Callback.Defer;
	const view = messageView(call.world, message, interaction.application.bot.user.id);
	return { type: made ? Callback.Message : Callback.Update, message: view };
}

function response(call: Call, interaction: Interaction, type: number, message: Message | null): JsonObject {
	const withMessage = message !== null;
	return {
		interaction: {
			id: interaction.id,
			type: interaction.type,
			...(withMessage
				? {
						response_message_id: message.id,
						response_message_loading: (message.flags & MessageFlag.Loading) !== 0,
						response_message_ephemeral: message.onlyFor !== null
					}
				: {}),
			channel_id: interaction.channel.id,
			...(interaction.guildId === null ? {} : { guild_id: interaction.guildId })
		},
		...(withMessage ? { resource: resource(call, interaction, type, message) } : {})
	};
}
