import type { GatewayEvent } from '../connection/gateway.js';
import { type Guild, type Message, readChannel, readGuild, readMember, setVoice, type WireChannel } from '../state/model.js';
import type { Client } from './client.js';
import type { ShownModal } from './interactions.js';
import { messageEvents } from './messageEvents.js';

/** How long "is typing" holds. https://discord.com/developers/docs/resources/channel#trigger-typing-indicator */
const TYPING_MS = 10_000;

// biome-ignore lint/suspicious/noExplicitAny: an event's payload follows from its name, and the emulator checks it by type
type Data = any;
type Handler = (client: Client, data: Data) => void;

const ofGuild = (act: (guild: Guild, data: Data, client: Client) => void): Handler => {
	return (client, data) => {
		const guild = client.guilds.get(data.guild_id ?? data.id);
		if (guild !== undefined) act(guild, data, client);
	};
};

const setChannel: Handler = (client, data: WireChannel) => {
	const channel = readChannel(data);
	if (channel.guildId === null) client.dms.set(channel.id, channel);
	else client.guilds.get(channel.guildId)?.channels.set(channel.id, channel);
};

const dropChannel: Handler = (client, data: WireChannel) => {
	client.guilds.get(data.guild_id ?? '')?.channels.delete(data.id);
	client.messages.delete(data.id);
	if (client.channelId === data.id) client.openGuild(data.guild_id ?? null);
};

const handlers: Record<string, Handler> = {
	READY(client, data) {
		client.guilds.clear();
		for (const raw of data.private_channels as WireChannel[]) client.dms.set(raw.id, readChannel(raw));
	},
	GUILD_CREATE(client, data) {
		client.guilds.set(data.id, readGuild(data));
		// The first time, or again after the connection was lost: what was missed is read.
		if (client.channelId === null) client.openGuild(data.id);
		else if (client.channel?.guildId === data.id) client.openChannel(client.channelId);
	},
	GUILD_UPDATE: ofGuild((guild, data) => {
		Object.assign(guild, { name: data.name, icon: data.icon, ownerId: data.owner_id, boosts: data.premium_subscription_count ?? 0 });
	}),
	GUILD_DELETE(client, data) {
		client.guilds.delete(data.id);
		if (client.guildId === data.id) client.openGuild([...client.guilds.keys()][0] ?? null);
	},
	GUILD_ROLE_CREATE: ofGuild((guild, { role }) => guild.roles.set(role.id, role)),
	GUILD_ROLE_UPDATE: ofGuild((guild, { role }) => guild.roles.set(role.id, role)),
	GUILD_ROLE_DELETE: ofGuild((guild, data) => guild.roles.delete(data.role_id)),
	GUILD_MEMBER_ADD: ofGuild((guild, data) => guild.members.set(data.user.id, readMember(data))),
	GUILD_MEMBER_UPDATE: ofGuild((guild, data) => guild.members.set(data.user.id, readMember(data))),
	GUILD_MEMBER_REMOVE: ofGuild((guild, data) => guild.members.delete(data.user.id)),
	GUILD_EMOJIS_UPDATE: ofGuild((guild, data) => {
		guild.emojis = data.emojis;
	}),
	VOICE_STATE_UPDATE: ofGuild((guild, data) => setVoice(guild, data)),
	CHANNEL_CREATE: setChannel,
	CHANNEL_UPDATE: setChannel,
	THREAD_CREATE: setChannel,
	THREAD_UPDATE: setChannel,
	CHANNEL_DELETE: dropChannel,
	THREAD_DELETE: dropChannel,
	TYPING_START(client, data) {
		if (data.user_id === client.id) return;
		const typists = client.typing.get(data.channel_id) ?? new Map<string, number>();
		typists.set(data.user_id, Date.now() + TYPING_MS);
		client.typing.set(data.channel_id, typists);
		setTimeout(() => client.changed(), TYPING_MS + 50);
	},
	INTERACTION_SUCCESS: (client, data) => client.interactions.succeeded(data),
	INTERACTION_FAILURE: (client, data) => client.interactions.failure(data),
	INTERACTION_MODAL_CREATE: (client, data: ShownModal) => client.interactions.show(data),
	APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE: (client, data) => client.interactions.offered(data),
	MESSAGE_CREATE(client, data: Message) {
		client.typing.get(data.channel_id)?.delete(data.author.id);
		if (client.channelId !== data.channel_id) client.unread.add(data.channel_id);
		messageEvents['MESSAGE_CREATE']?.(client, data);
	}
};

/** Brings an event of the gateway into what the client knows. */
export function receive(client: Client, { type, data }: GatewayEvent): void {
	(handlers[type] ?? messageEvents[type])?.(client, data);
	client.changed();
}
