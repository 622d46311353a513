import { expect, test } from 'vitest';
import { type Judgement, judgeSituation, type Situation } from '../../../src/modules/moderation/domain/situation.js';

const role = (position: number) => ({ id: String(100 + position), position });
const target = {
	id: '3',
	username: 'tess',
	isBot: false,
	inServer: true,
	topRole: role(1),
	roleIds: ['101'],
	isAdministrator: false,
	timedOutUntil: null,
	nickname: null,
	joinedAt: 0,
	boosts: false,
	voice: null
};
const situation: Situation = {
	guildId: '1',
	guildName: 'Home',
	ownerId: '9',
	actor: { id: '2', username: 'mod', topRole: role(5), permissions: 0n },
	bot: { id: '8', username: 'evict', topRole: role(7), permissions: 4n },
	target,
	now: 0
};
const judgement: Judgement = { aim: 'member', botPermission: 4n, isTimeout: false, protectedRoleIds: new Set() };

test('who stands above may', () => {
	expect(judgeSituation(situation, judgement)).toEqual({ ok: true, value: null });
});

test.each([
	['nobody is there', { target: null }, {}, 'target-not-found'],
	['he is not in the server', { target: { ...target, inServer: false } }, {}, 'not-a-member'],
	['it is oneself', { target: { ...target, id: '2' } }, {}, 'target-self'],
	['it is the bot', { target: { ...target, id: '8' } }, {}, 'target-bot'],
	['it is the owner', { target: { ...target, id: '9' } }, {}, 'target-owner'],
	['he stands as high', { target: { ...target, topRole: role(5) } }, {}, 'target-above-you'],
	[
		'he stands above the bot',
		{ actor: { id: '9', username: 'owner', topRole: role(0), permissions: 0n }, target: { ...target, topRole: role(7) } },
		{},
		'target-above-me'
	],
	['the bot lacks the permission', { bot: { ...situation.bot, permissions: 2n } }, {}, 'bot-permission'],
	['Discord takes no time-out', { target: { ...target, isAdministrator: true } }, { isTimeout: true }, 'target-administrator'],
	['he is protected', {}, { protectedRoleIds: new Set(['101']) }, 'target-protected']
])('refused when %s', (_, change, needs, code) => {
	expect(judgeSituation({ ...situation, ...change }, { ...judgement, ...needs })).toMatchObject({ ok: false, code });
});

test('of its own accord the bot asks its own rank alone, and never touches the owner', () => {
	expect(judgeSituation({ ...situation, actor: null, target: { ...target, topRole: role(6) } }, judgement).ok).toBe(true);
	expect(judgeSituation({ ...situation, actor: null, target: { ...target, topRole: role(7) } }, judgement)).toMatchObject({
		code: 'target-above-me'
	});
	expect(judgeSituation({ ...situation, actor: null, target: { ...target, id: '9' } }, judgement)).toMatchObject({ code: 'target-owner' });
});

test('an administrator holds every permission', () => {
	expect(judgeSituation({ ...situation, bot: { ...situation.bot, permissions: 8n } }, judgement).ok).toBe(true);
});
