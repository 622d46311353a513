import { describe, expect, test } from 'vitest';
import { Joins } from '#modules/restrictions/service/joins.js';
import { parts, restriction, who } from './_parts.js';

const newcomer = { ...who, isBot: false, guildName: 'Home' };

describe('who comes in', () => {
	test('and is hard-banned is banned', async () => {
		const made = parts([restriction('hardban')]);
		const joins = new Joins(made);
		expect(await joins.turnAway(newcomer, 'hardban')).toBe(true);
		expect(await joins.turnAway(newcomer, 'autokick')).toBe(false);
		expect(made.said).toEqual(['ban']);
	});

	test('on the autokick list is kicked', async () => {
		const made = parts([restriction('autokick')]);
		expect(await new Joins(made).turnAway(newcomer, 'autokick')).toBe(true);
		expect(made.said).toEqual(['kick']);
	});

	test('to a private server is told why, then kicked; in a raid not everybody is told', async () => {
		const made = parts([], { isPrivate: true, privateMessage: 'ask first' });
		const joins = new Joins(made);
		expect(await joins.turnAway(newcomer, 'private')).toBe(true);
		expect(made.said).toEqual(['dm ask first', 'kick']);
		for (let times = 0; times < 40; times++) await joins.turnAway({ ...newcomer, userId: `${times}` }, 'private');
		expect(made.said.filter((what) => what.startsWith('dm'))).toHaveLength(15);
		expect(made.said.filter((what) => what === 'kick')).toHaveLength(41);
		made.clock.advance(180_000);
		await joins.turnAway(newcomer, 'private');
		expect(made.said.at(-2)).toBe('dm ask first');
	});

	test('stays where the bot may not kick, and staff hear of it once', async () => {
		const made = parts([], { isPrivate: true });
		made.world.refuses = true;
		const joins = new Joins(made);
		for (let times = 0; times < 6; times++) expect(await joins.turnAway(newcomer, 'private')).toBe(false);
		expect(made.said).toEqual(['tell paused-private']);
	});

	test('is not left with words that are not true: where the bot may not kick they are taken back, and then not said', async () => {
		const made = parts([], { isPrivate: true, privateMessage: 'ask first' });
		made.world.refuses = true;
		const joins = new Joins(made);
		for (let times = 0; times < 6; times++) await joins.turnAway(newcomer, 'private');
		const rounds = made.said.filter((what) => what !== 'tell paused-private');
		expect(rounds).toEqual(Array.from({ length: rounds.length / 2 }, () => ['dm ask first', 'take back ask first']).flat());
		expect(rounds.length).toBeLessThan(12);
	});

	test('again has the nickname that is locked', async () => {
		const made = parts([restriction('forcenick', { value: 'Ana' })]);
		const joins = new Joins(made);
		await joins.giveNick(who);
		await joins.giveNick({ ...who, userId: '9' });
		expect(made.said).toEqual(['nick Ana']);
	});
});
