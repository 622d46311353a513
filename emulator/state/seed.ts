import { randomBytes } from 'node:crypto';
import type { Discord } from '../discord.js';
import type { Application } from './application.js';
import { addChannel, addGuild, addMember, addRole } from './build.js';
import type { Channel } from './channel.js';
import type { Guild } from './guild.js';
import type { Account } from './types.js';

/** What every emulator starts with. */
export interface Seed {
	application: Application;
	botToken: string;
	guild: Guild;
	channels: Channel[];
	/** The first owns the server. */
	users: Account[];
}

const NAMES = ['olivia', 'adam', 'bella', 'carlos', 'dana', 'emil', 'fatima', 'george', 'hana', 'ivan'];
const ADMINISTRATOR = '8';

/** Fills an empty world with one server: an owner, plain members, and a bot above them with administrator. */
export function seedWorld(discord: Discord, members: number): Seed {
	const { world } = discord;
	const users: Account[] = [];
	for (let index = 0; index <= members; index++) {
		const name = NAMES[index] ?? `member${index}`;
		users.push(world.addAccount(world.addUser(name, { globalName: name.charAt(0).toUpperCase() + name.slice(1) }), makeToken()));
	}
	const owner = users[0];
	if (owner === undefined) throw new Error('A server needs an owner');
	const botToken = makeToken();
	const application = world.addApplication('Evict', botToken, owner.user.id);
	const guild = addGuild(world, 'Evict Town', owner.user.id);
	const category = addChannel(world, guild, 'Text channels', 4);
	const channels = ['general', 'bot-commands', 'log'].map((name) => addChannel(world, guild, name, 0, category.id));
	addChannel(world, guild, 'Lounge', 2);
	guild.systemChannelId = channels[0]?.id ?? null;
	for (const account of users) addMember(world, guild, account.user);
	const memberRole = addRole(world, guild, 'Member');
	const botRole = addRole(world, guild, 'Evict', { permissions: ADMINISTRATOR, managed: true, tags: { bot_id: application.bot.user.id } });
	for (const account of users.slice(1)) guild.members.get(account.user.id)?.roles.push(memberRole.id);
	addMember(world, guild, application.bot.user).roles.push(botRole.id);
	return { application, botToken, guild, channels, users };
}

/** A token as Discord's look; it means nothing. */
export function makeToken(): string {
	return `${randomBytes(18).toString('base64url')}.${randomBytes(4).toString('base64url').slice(0, 6)}.${randomBytes(28).toString('base64url')}`;
}
