import { beforeEach, expect, test } from 'vitest';
import { Discord } from '../../../emulator/discord.js';
import { Crowd, CrowdedMembers } from '../../../emulator/state/sharedMembers.js';
import type { User } from '../../../emulator/state/types.js';

let users: User[];
let members: CrowdedMembers;

function user(place: number): User {
	const found = users[place];
	if (found === undefined) throw new Error('no such user');
	return found;
}

beforeEach(() => {
	const { world } = new Discord();
	users = Array.from({ length: 10 }, (_, index) => world.addUser(`person${index}`));
	// From place 8 on, five people: 8, 9, 0, 1, 2.
	members = new CrowdedMembers(new Crowd(users), 8, 5, world.now());
});

test('holds exactly the people of its stretch of the crowd, around its end', () => {
	expect(users.map(({ id }) => members.has(id))).toEqual([true, true, true, false, false, false, false, false, true, true]);
	expect(members.size).toBe(5);
	expect([...members.values()].map((member) => member.user.username)).toEqual(['person8', 'person9', 'person0', 'person1', 'person2']);
	expect(members.get(user(5).id)).toBeUndefined();
});

test('who was asked for stays the same, and is counted and listed once', () => {
	const member = members.get(user(0).id);
	member?.roles.push('1');
	expect(members.get(user(0).id)).toBe(member);
	expect(members.size).toBe(5);
	expect([...members.keys()].sort()).toEqual([8, 9, 0, 1, 2].map((place) => user(place).id).sort());
	expect([...members].find(([id]) => id === user(0).id)?.[1].roles).toEqual(['1']);
});

test('who left is gone, whether he was asked for before or not, and may come back', () => {
	const member = members.get(user(0).id);
	expect(members.delete(user(0).id)).toBe(true);
	expect(members.delete(user(1).id)).toBe(true);
	expect(members.delete(user(5).id)).toBe(false);
	expect(members.size).toBe(3);
	expect(members.has(user(0).id)).toBe(false);
	if (member !== undefined) members.set(user(0).id, member);
	expect(members.size).toBe(4);
	expect([...members.keys()]).toHaveLength(4);
});

test('strangers to the crowd are members beside it', () => {
	const member = members.get(user(0).id);
	const stranger = { ...user(0), id: '123456789012345678' };
	if (member !== undefined) members.set(stranger.id, { ...member, user: stranger });
	expect(members.size).toBe(6);
	expect([...members.values()]).toHaveLength(6);
	expect(members.delete(stranger.id)).toBe(true);
	expect(members.size).toBe(5);
});
