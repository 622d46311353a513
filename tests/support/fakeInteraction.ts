import {
	type APIMessage,
	ApplicationCommandOptionType,
	ApplicationCommandType,
	ButtonInteraction,
	ChatInputCommandInteraction,
	Client,
	ComponentType,
	InteractionType,
	ModalSubmitInteraction,
	StringSelectMenuInteraction
} from 'discord.js';

/** What was sent to Discord: the route and its body. */
export interface Sent {
	readonly method: 'post' | 'patch' | 'delete';
	readonly route: string;
	readonly body: unknown;
}

export interface Press {
	readonly customId: string;
	readonly userId?: string;
	readonly channelId?: string;
	/** The fields of a form, by their ids. */
	readonly fields?: Readonly<Record<string, string>>;
}

/**
 * Real interactions of discord.js over a client that records what would go to Discord.
 *
 * discord.js makes them itself from payloads, so their constructors are private: `Reflect.construct` is the way in.
 */
export function fakeDiscord() {
	// Sapphire's plugins ask for options that a client which never logs in has no use for.
	const client: Client = Reflect.construct(Client, [{ intents: [] }]);
	const sent: Sent[] = [];
	const record = (method: Sent['method']) => async (route: string, options?: { body?: unknown }) => {
		sent.push({ method, route, body: options?.body });
		if (method === 'delete') return undefined;
		// What an answer to an interaction is answered with; a message has other things of that name.
		const answered = route.endsWith('/callback') && { interaction: { id: '400000000000000000', type: InteractionType.ApplicationCommand } };
		return { ...message('999999999999999999', '300000000000000000'), ...answered };
	};
	Object.assign(client.rest, { post: record('post'), patch: record('patch'), delete: record('delete') });

	return {
		client,
		sent,
		/** `texts`: its options, by their names. */
		command(texts: Readonly<Record<string, string>> = {}): ChatInputCommandInteraction {
			const options = Object.entries(texts).map(([name, value]) => ({ name, value, type: ApplicationCommandOptionType.String }));
			const data = { id: '700000000000000000', name: 'tea', type: ApplicationCommandType.ChatInput, options };
			const from = payload(InteractionType.ApplicationCommand, data, '100000000000000001', '300000000000000000');
			return Reflect.construct(ChatInputCommandInteraction, [client, from]);
		},
		button({ customId, userId = '100000000000000001', channelId = '300000000000000000' }: Press): ButtonInteraction {
			const data = { component_type: ComponentType.Button, custom_id: customId };
			return Reflect.construct(ButtonInteraction, [client, payload(InteractionType.MessageComponent, data, userId, channelId)]);
		},
		select({ customId, userId = '100000000000000001', channelId = '300000000000000000' }: Press, values: readonly string[]) {
			const data = { component_type: ComponentType.StringSelect, custom_id: customId, values };
			const interaction: StringSelectMenuInteraction = Reflect.construct(StringSelectMenuInteraction, [
				client,
				payload(InteractionType.MessageComponent, data, userId, channelId)
			]);
			return interaction;
		},
		form({ customId, userId = '100000000000000001', channelId = '300000000000000000', fields = {} }: Press): ModalSubmitInteraction {
			const components = Object.entries(fields).map(([id, value], index) => ({
				type: ComponentType.Label,
				id: index,
				component: { type: ComponentType.TextInput, id: index + 100, custom_id: id, value }
			}));
			return Reflect.construct(ModalSubmitInteraction, [
				client,
				payload(InteractionType.ModalSubmit, { custom_id: customId, components }, userId, channelId)
			]);
		}
	};
}

function payload(type: InteractionType, data: object, userId: string, channelId: string) {
	return {
		id: '400000000000000000',
		application_id: '500000000000000000',
		type,
		token: 'token',
		version: 1,
		data,
		locale: 'en-US',
		channel: { id: channelId, type: 1 },
		channel_id: channelId,
		user: { id: userId, username: 'ana', discriminator: '0', avatar: null, global_name: null },
		message: message('600000000000000000', channelId),
		app_permissions: '0',
		entitlements: [],
		authorizing_integration_owners: {}
	};
}

function message(id: string, channelId: string): Partial<APIMessage> {
	return {
		id,
		channel_id: channelId,
		author: { id: '500000000000000000', username: 'evict', discriminator: '0', avatar: null, global_name: null },
		content: '',
		embeds: [],
		attachments: [],
		mentions: [],
		mention_roles: [],
		timestamp: '2026-01-01T00:00:00.000Z',
		edited_timestamp: null,
		tts: false,
		mention_everyone: false,
		pinned: false,
		type: 0
	};
}
