import { beforeEach, describe, expect, test } from 'vitest';
import { computeMentions } from '../../../emulator/actions/mentions.js';
import { Discord } from '../../../emulator/discord.js';
import { addGuild, addRole } from '../../../emulator/state/build.js';
import type { Guild } from '../../../emulator/state/guild.js';
import type { JsonObject, Role, User } from '../../../emulator/state/types.js';

let discord: Discord;
let guild: Guild;
let adam: User;
let bella: User;
let open: Role;
let closed: Role;

beforeEach(() => {
	discord = new Discord();
	adam = discord.world.addUser('adam');
	bella = discord.world.addUser('bella');
	guild = addGuild(discord.world, 'Guild', adam.id);
	open = addRole(discord.world, guild, 'Open', { mentionable: true });
	closed = addRole(discord.world, guild, 'Closed');
});

function compute(content: string, allowed?: JsonObject, everyone = false, repliedTo: User | null = null) {
	const { users, roles, everyone: all } = computeMentions(discord, guild, content, allowed, everyone, repliedTo);
	return { users: users.map((user) => user.username), roles, everyone: all };
}

describe('who a message pings', () => {
	test('nobody without an @, except the author of the message it answers', () => {
		expect(compute('hello')).toEqual({ users: [], roles: [], everyone: false });
		expect(compute('hello', undefined, false, bella).users).toEqual(['bella']);
		expect(compute('hello', { replied_user: false }, false, bella).users).toEqual([]);
		expect(compute('hello', {}, false, bella).users).toEqual([]);
	});

	test('nobody whose mention stands in code', () => {
		const role = `<@&${open.id}>`;
		expect(compute(`\`<@${adam.id}>\` \`\`\`\n@everyone ${role}\n\`\`\` <@${bella.id}>`, undefined, true)).toEqual({
			users: ['bella'],
			roles: [],
			everyone: false
		});
	});

	test('each user once, unknown ones not at all, the old form with ! too', () => {
		expect(compute(`<@${adam.id}> <@!${adam.id}> <@${bella.id}> <@123456789012345678>`).users).toEqual(['adam', 'bella']);
	});

	test('with allowed_mentions only what it names', () => {
		const content = `<@${adam.id}> <@${bella.id}> <@&${open.id}> @everyone`;
		expect(compute(content, { parse: [] }, true)).toEqual({ users: [], roles: [], everyone: false });
		expect(compute(content, { users: [bella.id] }, true)).toEqual({ users: ['bella'], roles: [], everyone: false });
		expect(compute(content, { parse: ['roles'] }, true)).toEqual({ users: [], roles: [open.id], everyone: false });
		expect(compute(content, { parse: ['everyone'] }, true)).toEqual({ users: [], roles: [], everyone: true });
	});

	test('a role that is not mentionable, and everyone, need the permission', () => {
		const content = `<@&${open.id}> <@&${closed.id}> @here`;
		expect(compute(content)).toEqual({ users: [], roles: [open.id], everyone: false });
		expect(compute(content, undefined, true)).toEqual({ users: [], roles: [open.id, closed.id], everyone: true });
	});
});
