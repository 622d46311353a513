import { describe, expect, test } from 'vitest';
import { webhookName } from '#modules/restrictions/discord/mouthpiece.js';
import { clearCorner, setCorner, setPrivateMessage, switchPrivate } from '#modules/restrictions/domain/config.js';
import {
	cornerFor,
	type GuildRestrictions,
	isTurnedAway,
	keepKey,
	lockedNick,
	noRestrictions,
	nothingSet,
	type RestrictionKind,
	readKeepKey
} from '#modules/restrictions/domain/restriction.js';

const withHeld = (held: Partial<Record<RestrictionKind, Record<string, string | null>>>, more: Partial<GuildRestrictions> = {}) => ({
	...noRestrictions,
	held: new Map(Object.entries(held).map(([kind, of]) => [kind as RestrictionKind, new Map(Object.entries(of))])),
	...more
});
const ana = { userId: 'ana', isBot: false };

describe('who comes in', () => {
	test('is turned away by each list for itself', () => {
		const lists = withHeld({ hardban: { ana: null }, autokick: { bea: null } });
		expect(isTurnedAway(lists, ana, 'hardban')).toBe(true);
		expect(isTurnedAway(lists, ana, 'autokick')).toBe(false);
		expect(isTurnedAway(lists, { ...ana, userId: 'bea' }, 'autokick')).toBe(true);
		expect(isTurnedAway(noRestrictions, ana, 'hardban')).toBe(false);
	});

	test('has to be on the whitelist of a private server, unless it is a bot', () => {
		const isPrivate = withHeld({ private_allow: { bea: null } }, { isPrivate: true });
		expect(isTurnedAway(isPrivate, ana, 'private')).toBe(true);
		expect(isTurnedAway(isPrivate, { ...ana, userId: 'bea' }, 'private')).toBe(false);
		expect(isTurnedAway(isPrivate, { ...ana, isBot: true }, 'private')).toBe(false);
		expect(isTurnedAway({ ...isPrivate, isPrivate: false }, ana, 'private')).toBe(false);
	});
});

describe('the naughty corner', () => {
	const corner = withHeld({ detention: { ana: null } }, { detentionChannelId: 'corner' });
	test.each([
		['somebody in it elsewhere goes there', corner, 'ana', 'lounge', 'corner'],
		['who is there stays', corner, 'ana', 'corner', null],
		['who is in no channel is left alone', corner, 'ana', null, null],
		['who is free is left alone', corner, 'bea', 'lounge', null],
		['without a channel nobody is moved', { ...corner, detentionChannelId: null }, 'ana', 'lounge', null]
	])('%s', (_, restrictions, userId, channelId, expected) => {
		expect(cornerFor(restrictions, { userId, channelId })).toBe(expected);
	});
});

test('a locked nickname', () => {
	const locked = withHeld({ forcenick: { ana: 'Ana Banana' } });
	expect(lockedNick(locked, 'ana')).toBe('Ana Banana');
	expect(lockedNick(locked, 'bea')).toBe(null);
	expect(lockedNick(noRestrictions, 'ana')).toBe(null);
});

test('the key of a timer says what it is about; others are no keys', () => {
	expect(readKeepKey(keepKey('hardban', '123', '456'))).toEqual({ kind: 'hardban', guildId: '123', userId: '456' });
	for (const key of ['', 'hardban-1', 'shutup-1-2', 'hardban-1-2-3', 'hardban-x-2']) expect(readKeepKey(key)).toBe(null);
});

test('settings say when nothing changes', () => {
	expect(switchPrivate(nothingSet, true)).toEqual({ ok: true, value: { isPrivate: true } });
	expect(switchPrivate(nothingSet, false)).toMatchObject({ code: 'not-private' });
	expect(switchPrivate({ ...nothingSet, isPrivate: true }, true)).toMatchObject({ code: 'already-private' });
	expect(setPrivateMessage(nothingSet, null)).toMatchObject({ code: 'no-message' });
	expect(setPrivateMessage({ ...nothingSet, privateMessage: 'x' }, 'x')).toMatchObject({ code: 'same-message' });
	expect(setPrivateMessage(nothingSet, 'x')).toEqual({ ok: true, value: { privateMessage: 'x' } });
	expect(setCorner({ ...nothingSet, detentionChannelId: '1' }, '1')).toMatchObject({ code: 'same-corner' });
	expect(clearCorner(nothingSet)).toMatchObject({ code: 'no-corner' });
	expect(clearCorner({ ...nothingSet, detentionChannelId: '2' }, '1')).toMatchObject({ code: 'no-corner' });
	expect(clearCorner({ ...nothingSet, detentionChannelId: '1' }, '1')).toEqual({ ok: true, value: { detentionChannelId: null } });
});

test.each([
	['Ana', 'Ana'],
	['Discord Mod', 'Disc0rd Mod'],
	['clyde', 'cl1de'],
	['everyone', 'everyone.'],
	['', '.'],
	['x'.repeat(100), 'x'.repeat(80)]
])('a webhook cannot be called "%s", so it is called "%s"', (name, allowed) => {
	expect(webhookName(name)).toBe(allowed);
});
