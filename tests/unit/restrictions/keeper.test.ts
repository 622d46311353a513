import { describe, expect, test } from 'vitest';
import { LockTimeoutError } from '#lib/data/keyValue/lockTimeoutError.js';
import { boutMs } from '#modules/restrictions/domain/bouts.js';
import { keepKey } from '#modules/restrictions/domain/restriction.js';
import { pauseMs } from '#modules/restrictions/domain/setbacks.js';
import { Keeper, type KeeperParts } from '#modules/restrictions/service/keeper.js';
import { parts, restriction, who } from './_parts.js';

function keeperOf(made: ReturnType<typeof parts>, more: Partial<KeeperParts> = {}) {
	return new Keeper({ ...made, alone: (_who, work) => work(), forgetCorner: async () => void made.said.push('forget corner'), ...more });
}

const timer = (kind: 'hardban' | 'forcenick' | 'detention') => ({
	kind: 'restrictionsKeep',
	key: keepKey(kind, who.guildId, who.userId),
	guildId: who.guildId,
	dueAt: 0,
	payload: null,
	attempts: 0,
	finish: async () => undefined,
	moveTo: async () => undefined
});

describe('a hard-ban', () => {
	test('is done again when somebody unbans, and staff are told how to lift it', async () => {
		const made = parts([restriction('hardban')]);
		await keeperOf(made).onUnban(who);
		expect(made.said).toEqual(['ban', 'tell hardban-kept']);
	});

	test('of nobody is nobody’s business', async () => {
		const made = parts();
		await keeperOf(made).onUnban(who);
		expect(made.said).toEqual([]);
	});

	test('somebody who unbans again and again is answered three times, then a timer does it when it is quiet', async () => {
		const made = parts([restriction('hardban')]);
		const keeper = keeperOf(made);
		for (let times = 0; times < 8; times++) {
			made.world.banned = false;
			await keeper.onUnban(who);
			made.clock.advance(1_000);
		}
		expect(made.said.filter((what) => what === 'ban')).toHaveLength(3);
		expect(made.said.filter((what) => what === 'tell hardban-fight')).toHaveLength(1);
		expect(made.later).toEqual([{ kind: 'hardban', dueAt: 1_003_000 + boutMs }]);
		// He is still at it when the timer is due.
		made.clock.advance(boutMs - 2_000);
		expect(await keeper.due(timer('hardban'))).toEqual({ later: 1_000 });
		made.clock.advance(1_000);
		expect(await keeper.due(timer('hardban'))).toBe('done');
		expect(made.world.banned).toBe(true);
	});

	test('that is being lifted at this moment is not done again', async () => {
		const made = parts([restriction('hardban')]);
		const keeper = keeperOf(made, {
			async alone(_who, work) {
				// The command had it first, and ends.
				made.lift('hardban');
				return work();
			}
		});
		await keeper.onUnban(who);
		expect(made.said).toEqual([]);
	});

	test('is looked at later when somebody holds the lock too long', async () => {
		const made = parts([restriction('hardban')]);
		const keeper = keeperOf(made, { alone: async () => Promise.reject(new LockTimeoutError('x', 1)) });
		await keeper.onUnban(who);
		expect(made.later).toHaveLength(1);
		expect(await keeper.due(timer('hardban'))).toMatchObject({ later: expect.any(Number) });
	});

	test('that Discord refuses is told at the first refusal, once, rests, and is tried again later', async () => {
		const made = parts([restriction('hardban')]);
		made.world.refuses = true;
		const keeper = keeperOf(made);
		await keeper.onUnban(who);
		expect(made.said).toEqual(['tell paused-hardban']);
		expect(made.later).toEqual([{ kind: 'hardban', dueAt: made.clock.now() + pauseMs }]);
		for (let times = 0; times < 6; times++) {
			await keeper.onUnban(who);
			made.clock.advance(boutMs);
		}
		expect(made.said).toEqual(['tell paused-hardban']);
		made.world.refuses = false;
		made.clock.advance(pauseMs);
		await keeper.onUnban(who);
		expect(made.said).toEqual(['tell paused-hardban', 'ban', 'tell hardban-kept']);
	});

	test('of the naughty corner rests at the first refusal, since nothing follows from it, and is tried once more after that', async () => {
		const made = parts([restriction('detention')], { detentionChannelId: '7' });
		made.world.refuses = true;
		const keeper = keeperOf(made);
		for (let times = 0; times < 3; times++) await keeper.onVoice(who, '6');
		expect(made.said).toEqual(['tell paused-detention']);
		expect(made.later.at(-1)).toEqual({ kind: 'detention', dueAt: made.clock.now() + pauseMs });
		made.clock.advance(pauseMs);
		made.world.voice = '6';
		expect(await keeper.due(timer('detention'))).toBe('done');
		expect(made.said).toEqual(['tell paused-detention']);
		made.world.refuses = false;
		made.clock.advance(pauseMs);
		expect(await keeper.due(timer('detention'))).toBe('done');
		expect(made.said).toEqual(['tell paused-detention', 'move 7']);
	});

	test('a timer of one that is in force, or lifted, does nothing', async () => {
		const made = parts([restriction('hardban')]);
		made.world.banned = true;
		const keeper = keeperOf(made);
		expect(await keeper.due(timer('hardban'))).toBe('done');
		made.world.banned = false;
		made.lift('hardban');
		expect(await keeper.due(timer('hardban'))).toBe('done');
		expect(await keeper.due({ ...timer('hardban'), key: 'nonsense' })).toBe('done');
		expect(made.said).toEqual([]);
	});
});

describe('a locked nickname', () => {
	test('is set back when anybody changes it, and left alone when it is right', async () => {
		const made = parts([restriction('forcenick', { value: 'Ana' })]);
		const keeper = keeperOf(made);
		await keeper.onNick(who, 'Ana');
		await keeper.onNick({ ...who, userId: '9' }, 'Somebody');
		expect(made.said).toEqual([]);
		await keeper.onNick(who, 'Other');
		await keeper.onNick(who, null);
		expect(made.said).toEqual(['nick Ana', 'nick Ana']);
	});

	test('that a command is just changing is not set back to the old one', async () => {
		const made = parts([restriction('forcenick', { value: 'Ana' })]);
		const keeper = keeperOf(made, { rows: { ...made.rows, find: async () => restriction('forcenick', { value: 'New' }) } });
		await keeper.onNick(who, 'New');
		expect(made.said).toEqual([]);
	});

	test('a war about it ends: three times, one notice, silence, and the right one when it is quiet', async () => {
		const made = parts([restriction('forcenick', { value: 'Ana' })]);
		const keeper = keeperOf(made);
		for (let times = 0; times < 20; times++) {
			made.world.nick = 'Other';
			await keeper.onNick(who, 'Other');
			made.clock.advance(1_000);
		}
		expect(made.said).toEqual(['nick Ana', 'nick Ana', 'nick Ana', 'tell forcenick-fight']);
		made.clock.advance(boutMs);
		expect(await keeper.due(timer('forcenick'))).toBe('done');
		expect(made.world.nick).toBe('Ana');
	});

	test('of somebody who left is left alone', async () => {
		const made = parts([restriction('forcenick', { value: 'Ana' })]);
		made.world.nick = undefined;
		expect(await keeperOf(made).due(timer('forcenick'))).toBe('done');
		expect(made.said).toEqual([]);
	});
});

describe('the naughty corner', () => {
	const inCorner = () => parts([restriction('detention')], { detentionChannelId: '7' });

	test('gets its people back, and nobody else', async () => {
		const made = inCorner();
		const keeper = keeperOf(made);
		expect(await keeper.onVoice(who, '8')).toBe(true);
		expect(await keeper.onVoice(who, '7')).toBe(false);
		expect(await keeper.onVoice(who, null)).toBe(false);
		expect(await keeper.onVoice({ ...who, userId: '9' }, '8')).toBe(false);
		expect(made.said).toEqual(['move 7']);
	});

	test('whose channel is gone is forgotten', async () => {
		const made = inCorner();
		made.world.corner = false;
		await keeperOf(made).onVoice(who, '8');
		expect(made.said).toEqual(['forget corner']);
	});

	test('a timer brings back who sits elsewhere', async () => {
		const made = inCorner();
		made.world.voice = '8';
		expect(await keeperOf(made).due(timer('detention'))).toBe('done');
		expect(made.said).toEqual(['move 7']);
	});
});
