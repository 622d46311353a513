import { describe, expect, test } from 'vitest';
import { judgePardon } from '../../../src/modules/moderation/domain/pardon.js';
import { reachedThreshold, type WarnThreshold } from '../../../src/modules/moderation/domain/threshold.js';

const day = 86_400_000;
const threshold = (count: number, action: string, windowDays: number | null = null): WarnThreshold => ({
	count,
	action,
	durationSeconds: null,
	windowSeconds: windowDays === null ? null : windowDays * 86_400
});

describe('thresholds', () => {
	const thresholds = [threshold(2, 'mute'), threshold(4, 'ban'), threshold(3, 'kick', 7)];
	const at = 100 * day;

	test.each([
		['the first warning leads to nothing', [], null],
		['the second one reaches two', [at - day], 'mute'],
		['the third within the window reaches three', [at - day, at - 2 * day], 'kick'],
		['a warning before the window does not count for it', [at - day, at - 8 * day], null],
		['one exactly as old as the window does not count either', [at - day, at - 7 * day], null],
		['of two that are reached the higher one counts', [at - 30 * day, at - day, at - 2 * day], 'ban'],
		['the next one does not lead to the same again', [at - 4, at - 3, at - 2, at - 1], null]
	])('%s', (_, others, action) => {
		expect(reachedThreshold(thresholds, at, others)?.action ?? null).toBe(action);
	});

	test('without any, nothing is reached', () => {
		expect(reachedThreshold([], at, [at])).toBeNull();
	});

	test('the first warning can be enough', () => {
		expect(reachedThreshold([threshold(1, 'mute')], at, [])?.action).toBe('mute');
	});
});

describe('who may take a warning away', () => {
	const rank = (position: number) => ({ id: String(position + 100), position });
	const actor = { id: '2', username: 'mod', topRole: rank(5), permissions: 0n };
	const target = {
		id: '3',
		username: 'tess',
		isBot: false,
		inServer: true,
		topRole: rank(1),
		roleIds: [],
		isAdministrator: false,
		timedOutUntil: null,
		nickname: null,
		joinedAt: 0,
		boosts: false,
		voice: null
	};

	test.each([
		['from somebody below', { actor, target }, null],
		['from oneself', { actor, target: { ...target, id: '2' } }, 'target-self'],
		['from oneself as the owner', { actor: { ...actor, id: '9' }, target: { ...target, id: '9' } }, 'target-self'],
		['from somebody as high', { actor, target: { ...target, topRole: rank(5) } }, 'target-above-you'],
		['from the owner', { actor, target: { ...target, id: '9' } }, 'target-above-you'],
		['from somebody above, as the owner', { actor: { ...actor, id: '9' }, target: { ...target, topRole: rank(7) } }, null],
		['from somebody who left', { actor, target: { ...target, inServer: false, topRole: null } }, null],
		['from an account that is gone', { actor, target: null }, null],
		['by the bot', { actor: null, target }, null]
	])('%s', (_, given, code) => {
		const outcome = judgePardon({ ownerId: '9', ...given });
		expect(outcome.ok ? null : outcome.code).toBe(code);
	});
});
