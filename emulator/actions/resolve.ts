import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Message } from '../state/message.js';
import type { Attachment, JsonObject, Snowflake } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { roleView } from '../views/guild.js';
import { messageView } from '../views/message.js';
import { memberFields, partialUserView } from '../views/user.js';

/** Collects what the ids of an interaction stand for, as `data.resolved`. */
export class Resolver {
	readonly #parts: Record<string, Record<Snowflake, JsonObject>> = {};

	constructor(
		private readonly discord: Discord,
		private readonly guild: Guild | null,
		private readonly channel: Channel,
		private readonly viewerId: Snowflake
	) {}

	/** False when there is no such user. */
	user(id: Snowflake): boolean {
		const user = this.discord.world.users.get(id);
		if (user === undefined) return false;
		this.#put('users', id, partialUserView(user));
		const member = this.guild?.members.get(id);
		if (member === undefined || this.guild === null) return true;
		const { mute, deaf, ...fields } = memberFields(member);
		this.#put('members', id, { ...fields, permissions: String(permissionsOf(this.discord.world, this.guild, id, this.channel)) });
		return true;
	}

	role(id: Snowflake): boolean {
		const role = this.guild?.roles.get(id);
		if (role === undefined) return false;
		this.#put('roles', id, roleView(role));
		return true;
	}

	/** False when it is not a channel of this guild. */
	channelById(id: Snowflake): Channel | null {
		const channel = this.discord.world.channels.get(id);
		if (channel === undefined || this.guild === null || channel.guildId !== this.guild.id) return null;
		this.#put('channels', id, partialChannel(this.discord, this.guild, channel, this.viewerId));
		return channel;
	}

	message(message: Message): void {
		this.#put('messages', message.id, messageView(this.discord.world, message, this.viewerId));
	}

	attachment(attachment: Attachment): void {
		this.#put('attachments', attachment.id, { ...attachment, ephemeral: true });
	}

	/** Undefined when nothing was resolved. */
	result(): JsonObject | undefined {
		return Object.keys(this.#parts).length === 0 ? undefined : { ...this.#parts };
	}

	#put(kind: string, id: Snowflake, view: JsonObject): void {
		const part = this.#parts[kind] ?? {};
		part[id] = view;
		this.#parts[kind] = part;
	}
}

/** A channel with the permissions of the one who looks, as interactions carry it. */
export function partialChannel(discord: Discord, guild: Guild | null, channel: Channel, viewerId: Snowflake): JsonObject {
	const view = channelView(discord.world, channel, channel.isDm ? null : viewerId);
	delete view['permission_overwrites'];
	if (guild !== null) view['permissions'] = String(permissionsOf(discord.world, guild, viewerId, channel));
	return view;
}
