import { Channel } from './channel.js';
import { Guild } from './guild.js';
import type { Member, Role, Snowflake, User } from './types.js';
import type { World } from './world.js';

/** What @everyone may do in a new server, as Discord sets it. */
export const DEFAULT_PERMISSIONS = '2248473465835073';

/** Adds a server with its @everyone role to the world. Tells nobody. */
export function addGuild(world: World, name: string, ownerId: Snowflake, members?: Map<Snowflake, Member>): Guild {
	const guild = new Guild(world.ids.next(), name, ownerId, members);
	guild.roles.set(guild.id, newRole(guild.id, '@everyone', 0, { permissions: DEFAULT_PERMISSIONS }));
	world.guilds.set(guild.id, guild);
	return guild;
}

export function newRole(id: Snowflake, name: string, position: number, fields: Partial<Role> = {}): Role {
	return {
		id,
		name,
		description: null,
		permissions: '0',
		position,
		color: 0,
		colors: { primary_color: fields.color ?? 0, secondary_color: null, tertiary_color: null },
		hoist: false,
		managed: false,
		mentionable: false,
		icon: null,
		unicode_emoji: null,
		flags: 0,
		...fields
	};
}

/** Adds a role at the top. Tells nobody. */
export function addRole(world: World, guild: Guild, name: string, fields: Partial<Role> = {}): Role {
	const role = newRole(world.ids.next(), name, guild.roles.size, fields);
	guild.roles.set(role.id, role);
	guild.revision++;
	return role;
}

/** Adds a channel at the end. Tells nobody. */
export function addChannel(world: World, guild: Guild, name: string, type = 0, parentId: Snowflake | null = null): Channel {
	const channel = new Channel(world.ids.next(), type, guild.id);
	channel.name = name;
	channel.parentId = parentId;
	channel.position = guild.channels.size;
	guild.channels.set(channel.id, channel);
	world.channels.set(channel.id, channel);
	return channel;
}

/** Adds a member. Tells nobody. */
export function addMember(world: World, guild: Guild, user: User): Member {
	const member: Member = {
		user,
		nick: null,
		avatar: null,
		banner: null,
		bio: '',
		roles: [],
		joined_at: world.now(),
		premium_since: null,
		deaf: false,
		mute: false,
		flags: 0,
		pending: false,
		communication_disabled_until: null
	};
	guild.members.set(user.id, member);
	guild.revision++;
	return member;
}
