import { expect, test } from 'vitest';
import { Discord } from '../../../emulator/discord.js';
import { defaultAvatar } from '../../../emulator/routes/defaultAvatars.js';
import { canView, permissionsOf } from '../../../emulator/state/access.js';
import { seedWorld } from '../../../emulator/state/seed.js';
import { settleTown } from '../../../emulator/state/town.js';

const ADMINISTRATOR = 1n << 3n;
const KICK = 1n << 1n;

function town() {
	const discord = new Discord();
	const seed = seedWorld(discord, 5);
	settleTown(discord, seed);
	const { guild } = seed;
	const named = (name: string) => {
		const member = [...guild.members.values()].find(({ user }) => user.username === name);
		if (member === undefined) throw new Error(`Nobody is called ${name}`);
		return member;
	};
	const place = (name: string) => Math.max(0, ...named(name).roles.map((id) => guild.roles.get(id)?.position ?? 0));
	const channel = (name: string) => {
		const found = [...guild.channels.values()].find((candidate) => candidate.name === name);
		if (found === undefined) throw new Error(`There is no ${name}`);
		return found;
	};
	return { ...seed, discord, named, place, channel };
}

test('the people that tests count on stay what they were: an owner, and plain members below the bot', () => {
	const { users, guild, discord, place } = town();
	expect(users).toHaveLength(6);
	expect(guild.ownerId).toBe(users[0]?.user.id);
	for (const { user } of users.slice(1)) {
		expect(permissionsOf(discord.world, guild, user.id) & (ADMINISTRATOR | KICK)).toBe(0n);
		expect(place(user.username)).toBeLessThan(place('Evict'));
	}
});

test('the staff stands above members, below the bot, and is no administrator', () => {
	const { guild, discord, named, place } = town();
	const held = permissionsOf(discord.world, guild, named('fatima').user.id);
	expect(held & KICK).toBe(KICK);
	expect(held & ADMINISTRATOR).toBe(0n);
	expect(place('fatima')).toBeGreaterThan(place('hana'));
	expect(place('hana')).toBeGreaterThan(place('adam'));
	expect(place('Evict')).toBeGreaterThan(place('fatima'));
});

test('every role has a place of its own', () => {
	const positions = [...town().guild.roles.values()].map(({ position }) => position);
	expect(positions.toSorted((a, b) => a - b)).toEqual(positions.map((_, index) => index));
});

test('the staff room is for the staff, and nobody plain writes below the rules', () => {
	const { discord, guild, named, channel } = town();
	const [adam, fatima] = [named('adam').user.id, named('fatima').user.id];
	expect(canView(discord.world, adam, channel('staff-room'))).toBe(false);
	expect(canView(discord.world, fatima, channel('staff-room'))).toBe(true);
	expect(permissionsOf(discord.world, guild, adam, channel('rules')) & (1n << 11n)).toBe(0n);
	expect(channel('general').messages.size).toBe(0);
});

test('there are default avatars 0 to 5, as PNG', () => {
	expect(defaultAvatar('embed/avatars/5.png')?.subarray(1, 4).toString()).toBe('PNG');
	expect(defaultAvatar('embed/avatars/6.png')).toBeNull();
	expect(defaultAvatar('avatars/0.png')).toBeNull();
});
