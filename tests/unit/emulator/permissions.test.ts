import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { compareRoles, highestRole, mayChange, mayChangeRole, outranksRole, standsAbove } from '../../../emulator/permissions/hierarchy.js';
import {
	ALL_PERMISSIONS,
	computePermissions,
	isTimedOut,
	type PermissionChannel,
	type PermissionGuild,
	type PermissionOverwrite
} from '../../../emulator/permissions/permissions.js';

const now = Date.parse('2024-06-01T00:00:00Z');
const { ViewChannel: See, SendMessages: Send, ManageMessages: Manage, AttachFiles: Attach, ReadMessageHistory: History, Connect } = Bits;

function guildOf(roles: Record<string, [permissions: bigint, position: number]>): PermissionGuild {
	const entries = Object.entries(roles).map(
		([id, [permissions, position]]) => [id, { id, permissions: String(permissions), position }] as const
	);
	return { id: '100', ownerId: '1', roles: new Map(entries) };
}

const guild = guildOf({
	'100': [See | Send | History, 0],
	'101': [Manage, 1],
	'102': [Bits.Administrator, 2],
	'103': [0n, 3],
	'104': [0n, 3]
});
const member = (id: string, roles: string[] = [], until: string | null = null) => ({
	user: { id },
	roles,
	communication_disabled_until: until
});
const over = (id: string, type: 0 | 1, allow: bigint, deny: bigint): PermissionOverwrite => ({
	id,
	type,
	allow: String(allow),
	deny: String(deny)
});
const channel = (...overwrites: PermissionOverwrite[]): PermissionChannel => ({ type: 0, overwrites });

describe('in the whole guild', () => {
	test.each([
		['a member has what everyone has', member('9'), See | Send | History],
		['roles add up', member('9', ['101']), See | Send | History | Manage],
		['an administrator has all', member('9', ['102']), ALL_PERMISSIONS],
		['the owner has all, without roles', member('1'), ALL_PERMISSIONS],
		['a role that is gone counts for nothing', member('9', ['999']), See | Send | History]
	])('%s', (_, who, expected) => {
		expect(computePermissions(guild, who, null, now)).toBe(expected);
	});
});

describe('in a channel', () => {
	test.each<[string, ReturnType<typeof member>, PermissionChannel, bigint]>([
		['no overwrites change nothing', member('9'), channel(), See | Send | History],
		['everyone is denied', member('9'), channel(over('100', 0, 0n, Send)), See | History],
		[
			'everyone is denied, a role allows',
			member('9', ['101']),
			channel(over('100', 0, 0n, Send), over('101', 0, Send, 0n)),
			See | Send | History | Manage
		],
		[
			'one role denies and another allows: allowed',
			member('9', ['101', '103']),
			channel(over('101', 0, 0n, Send), over('103', 0, Send, 0n)),
			See | Send | History | Manage
		],
		[
			'the order in the list does not matter',
			member('9', ['101', '103']),
			channel(over('103', 0, Send, 0n), over('101', 0, 0n, Send)),
			See | Send | History | Manage
		],
		[
			'the member himself is denied what a role allows',
			member('9', ['101']),
			channel(over('9', 1, 0n, Send), over('101', 0, Send, 0n)),
			See | History | Manage
		],
		[
			'the member himself is allowed what a role denies',
			member('9', ['101']),
			channel(over('9', 1, Send, 0n), over('101', 0, 0n, Send)),
			See | Send | History | Manage
		],
		[
			'an overwrite for somebody else does nothing',
			member('9'),
			channel(over('8', 1, 0n, Send), over('101', 0, 0n, Send)),
			See | Send | History
		],
		['a member overwrite with a role’s type is not his', member('9'), channel(over('9', 0, 0n, Send)), See | Send | History],
		['an administrator passes every denial', member('9', ['102']), channel(over('9', 1, 0n, See)), ALL_PERMISSIONS],
		['the owner passes every denial', member('1'), channel(over('1', 1, 0n, See)), ALL_PERMISSIONS],
		[
			'administrator cannot be given by a channel',
			member('9'),
			channel(over('9', 1, Bits.Administrator, Send)),
			See | History | Bits.Administrator
		],
		['who cannot see can do nothing', member('9', ['101']), channel(over('100', 0, 0n, See)), 0n],
		[
			'who cannot send can neither attach nor ping',
			member('9'),
			channel(over('100', 0, Attach | Bits.MentionEveryone | Bits.EmbedLinks | Bits.SendTTSMessages, Send)),
			See | History
		]
	])('%s', (_, who, where, expected) => {
		expect(computePermissions(guild, who, where, now)).toBe(expected);
	});

	test('in a thread, sending in threads counts instead of sending', () => {
		const where = channel(over('100', 0, Attach | Bits.SendMessagesInThreads, Send));
		expect(computePermissions(guild, member('9'), where, now, true) & Attach).toBe(Attach);
		expect(computePermissions(guild, member('9'), where, now) & Attach).toBe(0n);
	});

	test.each([2, 13])('who cannot connect does not manage a channel of type %i', (type) => {
		const overwrites = [over('100', 0, Bits.ManageChannels, Connect)];
		expect(computePermissions(guild, member('9'), { type, overwrites }, now) & Bits.ManageChannels).toBe(0n);
		expect(computePermissions(guild, member('9'), { type: 0, overwrites }, now) & Bits.ManageChannels).toBe(Bits.ManageChannels);
	});
});

describe('a time-out', () => {
	const later = new Date(now + 1).toISOString();
	test.each([
		['leaves seeing and reading', member('9', ['101'], later), channel(), See | History],
		['does not show what is hidden', member('9', [], later), channel(over('100', 0, 0n, See)), 0n],
		['that is over does nothing', member('9', [], new Date(now).toISOString()), channel(), See | Send | History],
		['does not touch an administrator', member('9', ['102'], later), channel(), ALL_PERMISSIONS],
		['does not touch the owner', member('1', [], later), channel(), ALL_PERMISSIONS]
	])('%s', (_, who, where, expected) => {
		expect(computePermissions(guild, who, where, now)).toBe(expected);
	});

	test('holds in the whole guild as well', () => {
		expect(computePermissions(guild, member('9', ['101'], later), null, now)).toBe(See | History);
		expect(isTimedOut(member('9', [], later), now)).toBe(true);
		expect(isTimedOut(member('9'), now)).toBe(false);
	});
});

describe('the order of roles', () => {
	test('of two on one position the older stands above', () => {
		expect(compareRoles({ id: '103', position: 3 }, { id: '104', position: 3 })).toBeGreaterThan(0);
		expect(compareRoles({ id: '104', position: 3 }, { id: '103', position: 3 })).toBeLessThan(0);
		expect(compareRoles({ id: '103', position: 3 }, { id: '103', position: 3 })).toBe(0);
		expect(compareRoles({ id: '9', position: 3 }, { id: '10', position: 3 })).toBeGreaterThan(0);
	});

	test('without roles everyone is the highest', () => {
		expect(highestRole(guild, member('9'))).toMatchObject({ id: '100' });
		expect(highestRole(guild, member('9', ['101', '103']))).toMatchObject({ id: '103' });
	});

	test.each([
		['higher over lower', ['103'], ['101'], true],
		['lower over higher', ['101'], ['103'], false],
		['equal', ['101'], ['101'], false],
		['two without roles', [], [], false],
		['one role over none', ['101'], [], true],
		['administrator does not lift the order', ['102'], ['103'], false],
		['older over younger on one position', ['103'], ['104'], true]
	])('%s', (_, actor, target, expected) => {
		expect(standsAbove(guild, member('8', actor), member('9', target))).toBe(expected);
	});

	test('the owner stands above all and nobody above him', () => {
		expect(standsAbove(guild, member('1'), member('9', ['103']))).toBe(true);
		expect(standsAbove(guild, member('9', ['103']), member('1'))).toBe(false);
		expect(standsAbove(guild, member('1'), member('1'))).toBe(false);
	});

	test.each([
		['a role below', '8', ['103'], '101', true],
		['one’s own highest role', '8', ['103'], '103', false],
		['a role above', '8', ['101'], '103', false],
		['any role, for the owner', '1', [], '103', true]
	])('%s', (_, id, roles, role, expected) => {
		expect(outranksRole(guild, member(id, roles), guild.roles.get(role) ?? { id: role, position: 0 })).toBe(expected);
	});
});

describe('nobody grants what he lacks', () => {
	test.each([
		['adding what one has', See | Send, 0n, Send, true],
		['adding what one lacks', See, 0n, Send, false],
		['taking away what one lacks', See, Send, 0n, false],
		['leaving alone what one lacks', See, Send, Send | See, true],
		['an administrator may all', Bits.Administrator, 0n, ALL_PERMISSIONS, true]
	])('%s', (_, held, before, after, expected) => {
		expect(mayChange(held, before, after)).toBe(expected);
	});

	test('the owner may all', () => {
		expect(mayChangeRole(guild, member('1'), 0n, Bits.Administrator)).toBe(true);
		expect(mayChangeRole(guild, member('9', ['101']), 0n, Bits.Administrator)).toBe(false);
	});
});
