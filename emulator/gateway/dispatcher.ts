import { canView, permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Message } from '../state/message.js';
import { shardOf } from '../state/snowflakes.js';
import type { JsonObject, Snowflake } from '../state/types.js';
import type { World } from '../state/world.js';
import { DM_EVENT_INTENTS, GUILD_EVENT_INTENTS, Intent } from './intents.js';
import type { Session } from './session.js';

/** What a fault does with an event on its way to a session. */
export type Fate = 'send' | 'lose' | 'lose-for-good' | 'double';

/** Sends events to the sessions that Discord would send them to. Each distinct view is written once. */
export class Dispatcher {
	readonly sessions = new Set<Session>();
	/** Set by a fault switch. */
	fate: ((session: Session, type: string) => Fate) | null = null;

	constructor(private readonly world: World) {}

	/** An event of a guild. `alsoTo` gets it without the intent, as a bot does for its own member. */
	guild(guild: Guild, type: string, data: JsonObject, alsoTo: Snowflake | null = null): void {
		this.#toGuild(guild, type, data, null, alsoTo);
	}

	/** An event of a guild that only those with these permissions are told. */
	privileged(guild: Guild, type: string, bits: bigint, data: JsonObject): void {
		this.#toGuild(guild, type, data, null, null, bits);
	}

	/** An event that only those who see the channel are told, in a guild or a direct message. */
	channel(channel: Channel, type: string, data: JsonObject): void {
		const guild = this.world.guilds.get(channel.guildId ?? '');
		if (guild !== undefined) this.#toGuild(guild, type, data, channel, null);
		else if (channel.isDm) this.#toDm(channel, type, data);
	}

	/** An event for every session of one user, whatever its intents. */
	user(userId: Snowflake, type: string, data: JsonObject): void {
		let json: string | null = null;
		for (const session of this.sessions) {
			if (session.account.user.id !== userId) continue;
			json ??= JSON.stringify(data);
			this.deliver(session, type, json);
		}
	}

	/** An event for the one session of a bot that serves `guildId`; shard 0 for none. */
	bot(userId: Snowflake, guildId: Snowflake | null, type: string, data: JsonObject): void {
		const json = JSON.stringify(data);
		for (const session of this.sessions) {
			if (session.account.user.id === userId && serves(session, guildId)) this.deliver(session, type, json);
		}
	}

	/** MESSAGE_CREATE or MESSAGE_UPDATE: content is hidden from bots that may not read it. */
	message(channel: Channel, message: Message, type: string, data: JsonObject): void {
		if (message.onlyFor !== null) {
			this.user(message.onlyFor, type, data);
			return;
		}
		const guild = this.world.guilds.get(channel.guildId ?? '');
		let open: string | null = null;
		let hidden: string | null = null;
		for (const session of this.sessions) {
			if (!this.#hears(session, guild ?? null, channel, type)) continue;
			if (mayReadContent(session, message, guild !== undefined)) {
				open ??= JSON.stringify(data);
				this.deliver(session, type, open);
			} else {
				hidden ??= JSON.stringify({ ...data, content: '', embeds: [], attachments: [], components: [] });
				this.deliver(session, type, hidden);
			}
		}
	}

	deliver(session: Session, type: string, json: string): void {
		const fate = this.fate === null ? 'send' : this.fate(session, type);
		if (fate === 'lose' || fate === 'lose-for-good') {
			session.lose(type, json, fate === 'lose');
			return;
		}
		session.dispatch(type, json);
		if (fate === 'double') session.dispatch(type, json);
	}

	#hears(session: Session, guild: Guild | null, channel: Channel, type: string): boolean {
		const userId = session.account.user.id;
		const isBot = session.account.kind === 'bot';
		if (guild === null) {
			if (isBot && ((session.intents & (DM_EVENT_INTENTS[type] ?? 0)) === 0 || session.shard[0] !== 0)) return false;
			return channel.recipients.includes(userId);
		}
		if (isBot && ((session.intents & (GUILD_EVENT_INTENTS[type] ?? -1)) === 0 || !serves(session, guild.id))) return false;
		return canView(this.world, userId, channel);
	}

	#toDm(channel: Channel, type: string, data: JsonObject): void {
		let json: string | null = null;
		for (const session of this.sessions) {
			if (!this.#hears(session, null, channel, type)) continue;
			json ??= JSON.stringify(data);
			this.deliver(session, type, json);
		}
	}

	#toGuild(guild: Guild, type: string, data: JsonObject, channel: Channel | null, alsoTo: Snowflake | null, bits = 0n): void {
		if (guild.unavailable) return;
		const intent = GUILD_EVENT_INTENTS[type] ?? 0;
		let json: string | null = null;
		let hidden: string | null = null;
		for (const session of this.sessions) {
			const userId = session.account.user.id;
			if (!guild.members.has(userId)) continue;
			if (session.account.kind === 'bot') {
				if (!serves(session, guild.id)) continue;
				if (intent !== 0 && (session.intents & intent) === 0 && alsoTo !== userId) continue;
			}
			if (bits !== 0n && (permissionsOf(this.world, guild, userId) & bits) !== bits) continue;
			if (channel !== null && !canView(this.world, userId, channel)) continue;
			if (type === 'AUTO_MODERATION_ACTION_EXECUTION' && !readsEverything(session)) {
				hidden ??= JSON.stringify({ ...data, content: '', matched_content: '' });
				this.deliver(session, type, hidden);
				continue;
			}
			json ??= JSON.stringify(data);
			this.deliver(session, type, json);
		}
	}
}

/** True when this session's shard is the one of the guild, and the guild was told. Events without a guild go to shard 0. */
export function serves(session: Session, guildId: Snowflake | null): boolean {
	const [shard, count] = session.shard;
	if (guildId !== null && session.pendingGuilds.has(guildId)) return false;
	return guildId === null ? shard === 0 : shardOf(guildId, count) === shard;
}

function readsEverything(session: Session): boolean {
	return session.account.kind === 'user' || (session.intents & Intent.MessageContent) !== 0;
}

/** https://discord.com/developers/docs/events/gateway#message-content-intent */
function mayReadContent(session: Session, message: Message, inGuild: boolean): boolean {
	if (readsEverything(session) || !inGuild) return true;
	const own = session.account.user.id;
	return message.author.id === own || message.mentions.some((user) => user.id === own);
}
