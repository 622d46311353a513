import { expect, test } from 'vitest';
import { Discord } from '../../../emulator/discord.js';
import { Session } from '../../../emulator/gateway/session.js';

function session(): Session {
	const { world } = new Discord();
	return new Session('id', world.addAccount(world.addUser('bot', { bot: true }), 'token'), 0, [0, 1], 50);
}

test('what came after a number is replayed, nothing for the newest, nothing can be replayed for one never reached', () => {
	const one = session();
	for (const word of ['a', 'b', 'c']) one.dispatch('MESSAGE_CREATE', JSON.stringify(word));
	expect(one.after(1)?.map((frame) => JSON.parse(frame))).toEqual([
		{ t: 'MESSAGE_CREATE', s: 2, op: 0, d: 'b' },
		{ t: 'MESSAGE_CREATE', s: 3, op: 0, d: 'c' }
	]);
	expect(one.after(3)).toEqual([]);
	expect(one.after(4)).toBeNull();
});

test('an event that was lost on the way is in the replay, one that was lost for good is not', () => {
	const one = session();
	one.dispatch('A', '1');
	one.lose('B', '2', true);
	one.lose('C', '3', false);
	one.dispatch('D', '4');
	expect(one.after(0)?.map((frame) => JSON.parse(frame).t)).toEqual(['A', 'B', 'D']);
	expect(one.seq).toBe(4);
});

test('events older than what is kept cannot be replayed', () => {
	const one = session();
	for (let number = 0; number < 20_010; number++) one.dispatch('A', String(number));
	expect(one.after(5)).toBeNull();
	expect(one.after(20_000)).toHaveLength(10);
	expect(one.after(10)).toHaveLength(20_000);
});
