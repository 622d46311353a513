import { addChannel, addGuild, addMember, addRole } from './build.js';
import type { Guild } from './guild.js';
import { Crowd, CrowdedMembers } from './sharedMembers.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** How big a world of many servers is. */
export interface BulkSpec {
	guilds: number;
	channels: number;
	roles: number;
	emojis: number;
	/** Per server, beside the owner and the bot. They come from a crowd of people who are in many servers. */
	members: number;
	/** Everybody who joins each server by himself: the bot. */
	joins: User[];
	owner: User;
}

/** Discord's largest number of members that fit the crowd without repeating one in a server. */
const CROWD = 20_000;

/** Makes many servers at once. Tells nobody: make them before anybody connects. */
export function addGuilds(world: World, spec: BulkSpec): Guild[] {
	const crowdSize = Math.min(CROWD, spec.members * spec.guilds);
	const crowd = new Crowd(Array.from({ length: Math.max(crowdSize, spec.members) }, (_, index) => world.addUser(`crowd${index}`)));
	const joinedAt = world.now();
	return Array.from({ length: spec.guilds }, (_, index) => {
		const first = crowd.users.length === 0 ? 0 : (index * spec.members) % crowd.users.length;
		const members = spec.members === 0 ? undefined : new CrowdedMembers(crowd, first, spec.members, joinedAt);
		const guild = addGuild(world, `Server ${index}`, spec.owner.id, members);
		fill(world, guild, spec);
		return guild;
	});
}

function fill(world: World, guild: Guild, spec: BulkSpec): void {
	for (let number = 0; number < spec.channels; number++) addChannel(world, guild, `channel-${number}`);
	for (let number = 0; number < spec.roles; number++) addRole(world, guild, `Role ${number}`);
	for (let number = 0; number < spec.emojis; number++) {
		const id = world.ids.next();
		guild.emojis.set(id, {
			id,
			name: `emoji_${number}`,
			roles: [],
			user: spec.owner,
			require_colons: true,
			managed: false,
			animated: false,
			available: true
		});
	}
	addMember(world, guild, spec.owner);
	for (const user of spec.joins) addMember(world, guild, user);
}
