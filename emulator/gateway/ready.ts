import type { Discord } from '../discord.js';
import { canView } from '../state/access.js';
import type { Guild } from '../state/guild.js';
import type { Json } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { guildCreateView } from '../views/guild.js';
import { selfView } from '../views/user.js';
import { serves } from './dispatcher.js';
import { Intent } from './intents.js';
import type { Session } from './session.js';

/** READY with every guild as unavailable, then a GUILD_CREATE for each, as bots are told. */
export function sendReady(discord: Discord, session: Session): void {
	const { world } = discord;
	const { account } = session;
	const guilds: Guild[] = [];
	for (const guild of world.guilds.values()) {
		if (guild.members.has(account.user.id) && (account.kind === 'user' || serves(session, guild.id))) guilds.push(guild);
	}
	const dms: Json[] = [];
	if (account.kind === 'user') {
		for (const channel of world.channels.values()) {
			if (channel.isDm && channel.recipients.includes(account.user.id)) dms.push(channelView(world, channel, account.user.id));
		}
	}
	const application = world.applications.get(account.applicationId ?? '');
	const ready = {
		v: session.connection?.transport.version ?? 10,
		user_settings: {},
		user: selfView(account.user),
		session_type: 'normal',
		session_id: session.id,
		resume_gateway_url: discord.urls.gateway,
		relationships: [],
		private_channels: dms,
		presences: [],
		guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
		guild_join_requests: [],
		geo_ordered_rtc_regions: ['rotterdam'],
		...(account.kind === 'bot' ? { shard: [...session.shard] } : {}),
		...(application === undefined
			? {}
			: { application: { id: application.id, flags: application.flags, flags_new: String(application.flags) } }),
		auth: {},
		_trace: ['["emulator"]']
	};
	discord.dispatcher.deliver(session, 'READY', JSON.stringify(ready));
	for (const guild of guilds) session.pendingGuilds.add(guild.id);
	sendGuilds(discord, session, guilds, 0);
}

/** Guilds sent without a pause. More would keep the server from everything else, and its buffers full. */
const AT_ONCE = 50;
/** Bytes waiting for the client at which we wait for it. */
const HIGH_WATER = 8 << 20;

function sendGuilds(discord: Discord, session: Session, guilds: Guild[], from: number): void {
	if (session.dead) return;
	const isFull = (session.connection?.socket.bufferedAmount ?? 0) > HIGH_WATER;
	const end = isFull ? from : Math.min(from + AT_ONCE, guilds.length);
	for (const guild of guilds.slice(from, end)) {
		session.pendingGuilds.delete(guild.id);
		if (guild.members.has(session.account.user.id)) sendGuild(discord, session, guild);
	}
	if (end < guilds.length) setImmediate(() => sendGuilds(discord, session, guilds, end));
}

/** GUILD_CREATE for one session, or GUILD_DELETE while the guild is away. */
export function sendGuild(discord: Discord, session: Session, guild: Guild): void {
	if (session.account.kind === 'bot' && (session.intents & Intent.Guilds) === 0) return;
	if (guild.unavailable) {
		discord.dispatcher.deliver(session, 'GUILD_DELETE', JSON.stringify({ id: guild.id, unavailable: true }));
		return;
	}
	const userId = session.account.user.id;
	const view = guildCreateView(discord.world, guild, {
		id: userId,
		sees: (channel) => canView(discord.world, userId, channel),
		allMembers: session.account.kind === 'user' || (session.intents & Intent.GuildPresences) !== 0,
		largeThreshold: session.largeThreshold
	});
	discord.dispatcher.deliver(session, 'GUILD_CREATE', JSON.stringify(view));
}
