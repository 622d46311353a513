import {
	type Client,
	Events,
	GatewayDispatchEvents,
	type GatewayGuildCreateDispatchData,
	type GatewayReadyDispatchData,
	type Guild
} from 'discord.js';
import { ServerRoll } from './serverRoll.js';

/**
 * Servers of which Discord has just told everything: at the start, in a new session, or after an outage. What was deleted in them
 * before was told by no event.
 */
export const serversTold = 'serversTold';

declare module 'discord.js' {
	interface ClientEvents {
		[serversTold]: [guilds: readonly Guild[], botId: string];
	}
}

/** Many servers come back from an outage together: they are told as one. */
const togetherMs = 1_000;

/** Tells `serversTold`, and of servers that were joined or left and channels that were made where discord.js keeps that to itself. */
export function watchServers(client: Client, { shutdown }: { shutdown: { readonly started: boolean } }): void {
	const roll = new ServerRoll();
	const late = new Set<Guild>();
	const tell = (guilds: Iterable<Guild>): void => {
		const told = [...guilds].filter(({ available }) => available);
		if (told.length > 0 && client.user !== null && !shutdown.started) client.emit(serversTold, told, client.user.id);
	};
	const tellSoon = (guild: Guild): void => {
		late.add(guild);
		if (late.size > 1) return;
		setTimeout(() => {
			tell([...late].filter(({ id }) => client.guilds.cache.has(id)));
			late.clear();
		}, togetherMs).unref();
	};
	// Before discord.js reads it: the servers in memory are still those of the session before.
	client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData, shardId: number) => {
		const left = roll.onSession(shardId, new Set(guilds.map(({ id }) => id)), new Set(serversOf(client, shardId).map(({ id }) => id)));
		for (const guildId of left) forget(client, guildId);
	});
	const made = new Map<string, readonly string[]>();
	client.ws.on(GatewayDispatchEvents.GuildCreate, (data: GatewayGuildCreateDispatchData) => {
		const guild = client.guilds.cache.get(data.id);
		if (guild !== undefined && !guild.available) made.set(guild.id, newChannels(guild, data));
	});
	client.on(Events.GuildAvailable, (guild) => {
		const { joined, late: alone } = roll.onAvailable(guild.shardId, guild.id);
		const channelIds = made.get(guild.id) ?? [];
		made.delete(guild.id);
		if (joined) client.emit(Events.GuildCreate, guild);
		for (const channelId of channelIds) {
			const channel = guild.channels.cache.get(channelId);
			if (channel !== undefined && !channel.isThread()) client.emit(Events.ChannelCreate, channel);
		}
		if (alone) tellSoon(guild);
	});
	client.on(Events.GuildDelete, ({ id }) => roll.onLeft(id));
	client.on(Events.ShardReady, (shardId) => {
		roll.onShardReady(shardId);
		tell(serversOf(client, shardId));
	});
	client.once(Events.ClientReady, () => {
		for (const guildId of roll.onAllReady(client.guilds.cache.keys())) {
			const guild = client.guilds.cache.get(guildId);
			if (guild !== undefined) client.emit(Events.GuildCreate, guild);
		}
	});
}

/** The servers of a shard, also those that Discord cannot reach now. */
export function serversOf(client: Client, shardId: number): readonly Guild[] {
	return [...client.guilds.cache.filter((guild) => guild.shardId === shardId).values()];
}

/** What a server has that was not there when it was last heard of; nothing of one that has never been told. */
function newChannels({ channels }: Guild, told: GatewayGuildCreateDispatchData): readonly string[] {
	if (channels.cache.size === 0 || told.unavailable) return [];
	return told.channels.map(({ id }) => id).filter((id) => !channels.cache.has(id));
}

/** As discord.js does it when Discord says that a server was left. */
function forget(client: Client, guildId: string): void {
	const guild = client.guilds.cache.get(guildId);
	if (guild === undefined) return;
	for (const channelId of guild.channels.cache.keys()) client.channels.cache.delete(channelId);
	client.voice.adapters.get(guildId)?.destroy();
	client.guilds.cache.delete(guildId);
	client.emit(Events.GuildDelete, guild);
}
