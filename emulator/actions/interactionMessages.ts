import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import type { Body } from '../rest/body.js';
import { refuse } from '../rest/errors.js';
import { permissionsOf } from '../state/access.js';
import type { Interaction } from '../state/interaction.js';
import { type Message, MessageFlag } from '../state/message.js';
import type { JsonObject } from '../state/types.js';
import { partialUserView } from '../views/user.js';
import { DM_PERMISSIONS } from './dms.js';
import { type Draft, type Powers, powersFrom } from './draft.js';
import { createMessage, type Origin } from './messages.js';

const CHAT_INPUT_ANSWER = 20;
const CONTEXT_MENU_ANSWER = 23;

/** What the bot may do in its answers. Embeds and files always go, as Discord lets them. */
export function answerPowers(discord: Discord, interaction: Interaction): Powers {
	const guild = discord.world.guilds.get(interaction.guildId ?? '');
	const botId = interaction.application.bot.user.id;
	const member = guild?.members.has(botId) ?? false;
	const permissions = guild !== undefined && member ? permissionsOf(discord.world, guild, botId, interaction.channel) : DM_PERMISSIONS;
	return { ...powersFrom(permissions | Bits.EmbedLinks), mentionEveryone: member && (permissions & Bits.MentionEveryone) !== 0n };
}

/** A draft that says nothing yet, for a deferral. */
export function emptyDraft(data: Body): Draft {
	const flags = data.integer('flags');
	data.done();
	return {
		content: '',
		embeds: [],
		components: [],
		attachments: [],
		flags,
		tts: false,
		nonce: null,
		enforceNonce: false,
		reference: undefined,
		allowedMentions: undefined,
		stickerIds: [],
		poll: undefined
	};
}

/** Posts the first answer or a follow-up of an interaction. */
export function postAnswer(
	discord: Discord,
	interaction: Interaction,
	draft: Draft,
	loading: boolean,
	followupTo: Message | null = null
): Message {
	if (!discord.world.channels.has(interaction.channel.id)) throw refuse(10003);
	const ephemeral = ((draft.flags ?? 0) & MessageFlag.Ephemeral) !== 0;
	const keepFlags = MessageFlag.SuppressEmbeds | MessageFlag.IsComponentsV2 | MessageFlag.Ephemeral | MessageFlag.SuppressNotifications;
	const { application, user } = interaction;
	const isCommand = interaction.commandName !== null;
	const metadata: JsonObject = { ...interaction.metadata };
	const origin: Origin = {
		webhookId: application.id,
		applicationId: application.id,
		interactionMetadata: metadata,
		onlyFor: ephemeral ? user.user.id : null,
		flags: loading ? MessageFlag.Loading : 0
	};
	if (followupTo !== null) {
		origin.type = 19;
		origin.repliedTo = followupTo;
		origin.reference = { type: 0, channel_id: followupTo.channelId, message_id: followupTo.id, ...guildOf(followupTo) };
		metadata['original_response_message_id'] = followupTo.id;
	} else if (isCommand) {
		origin.type = Number(interaction.data['type']) === 1 ? CHAT_INPUT_ANSWER : CONTEXT_MENU_ANSWER;
		origin.interaction = { id: interaction.id, type: 2, name: interaction.commandName ?? '', user: partialUserView(user.user) };
	} else if (interaction.source !== null) {
		origin.type = 19;
		origin.repliedTo = interaction.source;
		origin.reference = { type: 0, channel_id: interaction.channel.id, message_id: interaction.source.id, ...guildOf(interaction.source) };
	}
	const flags = (draft.flags ?? 0) & keepFlags;
	return createMessage(discord, interaction.channel, application.bot.user, { ...draft, flags }, answerPowers(discord, interaction), origin);
}

function guildOf(message: Message): JsonObject {
	return message.guildId === null ? {} : { guild_id: message.guildId };
}
