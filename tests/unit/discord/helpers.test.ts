import { PermissionFlagsBits, PermissionsBitField, type PermissionsString } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { compactNumber, formatDuration, formatNumber, relativeTime, timestamp } from '#lib/discord/format.js';
import { messageUrl, parseMessageLink } from '#lib/discord/messageLink.js';
import { dangerousOf, dangerousPermissions, isDangerous, permissionKey, permissionList } from '#lib/discord/permissions.js';
import { loadLanguages } from '#lib/i18n/languages.js';

const [guildId, channelId, messageId] = ['111111111111111111', '222222222222222222', '333333333333333333'];

describe('message links', () => {
	test.each([
		`https://discord.com/channels/${guildId}/${channelId}/${messageId}`,
		`https://ptb.discord.com/channels/${guildId}/${channelId}/${messageId}`,
		`https://canary.discord.com/channels/${guildId}/${channelId}/${messageId}`,
		`https://discordapp.com/channels/${guildId}/${channelId}/${messageId}/`,
		`  <https://discord.com/channels/${guildId}/${channelId}/${messageId}>  `,
		`HTTPS://Discord.com/channels/${guildId}/${channelId}/${messageId}?a=1`
	])('%s', (text) => {
		expect(parseMessageLink(text)).toEqual({ guildId, channelId, messageId });
	});

	test('a direct message has no server', () => {
		const link = { guildId: null, channelId: '222222222222222222', messageId: '333333333333333333' };
		expect(parseMessageLink(`https://discord.com/channels/@me/${channelId}/${messageId}`)).toEqual(link);
		expect(parseMessageLink(messageUrl(link))).toEqual(link);
	});

	test.each([
		'',
		'tea',
		`https://discord.com.evil.example/channels/${guildId}/${channelId}/${messageId}`,
		`https://evil.example/https://discord.com/channels/${guildId}/${channelId}/${messageId}`,
		`https://discord.com/channels/${guildId}/${channelId}`,
		`https://discord.com/channels/1/2/3`,
		`https://user@discord.com/channels/${guildId}/${channelId}/${messageId}`
	])('%s is none', (text) => {
		expect(parseMessageLink(text)).toBeNull();
	});
});

describe('dangerous permissions', () => {
	test.each(dangerousPermissions)('%s is one', (name) => {
		expect(isDangerous(name)).toBe(true);
		expect(isDangerous(PermissionFlagsBits[name] | PermissionFlagsBits.SendMessages)).toBe(true);
	});

	test('what an ordinary member holds is not', () => {
		expect(isDangerous(0n)).toBe(false);
		expect(isDangerous(['ViewChannel', 'SendMessages', 'AddReactions', 'Connect', 'Speak', 'UseVAD', 'ChangeNickname'])).toBe(false);
	});

	test('all permissions at once name every dangerous one', () => {
		expect(dangerousOf(PermissionsBitField.All)).toEqual([...dangerousPermissions]);
	});
});

test('every permission of Discord has a name for people', () => {
	const languages = loadLanguages();
	const names = Object.keys(PermissionFlagsBits) as PermissionsString[];
	expect(names.filter((name) => !languages.has(permissionKey(name)))).toEqual([]);
	expect(permissionList(['BanMembers', 'ManageGuild'], languages.translator('en-US'), 'en-US')).toBe('Ban Members and Manage Server');
});

test('numbers are grouped or shortened', () => {
	expect([formatNumber(1234567, 'en-US'), formatNumber(12345678901234567890n, 'en-US')]).toEqual([
		'1,234,567',
		'12,345,678,901,234,567,890'
	]);
	expect([999, 1000, 1234567, -1500].map((value) => compactNumber(value, 'en-US'))).toEqual(['999', '1K', '1.2M', '-1.5K']);
});

test('times are for Discord to show', () => {
	expect(relativeTime(1_700_000_000_999)).toBe('<t:1700000000:R>');
	expect(timestamp(0, 'D')).toBe('<t:0:D>');
	expect(timestamp(Number.POSITIVE_INFINITY)).toBe('<t:8640000000000:f>');
	expect(timestamp(Number.NaN)).toBe('<t:0:f>');
});

test.each([
	[0, '0 seconds'],
	[-5, '0 seconds'],
	[999, '0 seconds'],
	[1000, '1 second'],
	[65_000, '1 minute and 5 seconds'],
	[3_600_000, '1 hour'],
	[3_605_000, '1 hour and 5 seconds'],
	[90_061_000, '1 day and 1 hour'],
	[366 * 86_400_000, '1 year and 1 day'],
	[30 * 86_400_000, '30 days'],
	[14 * 86_400_000, '2 weeks'],
	[(10 * 24 + 3) * 3_600_000, '10 days and 3 hours'],
	[Number.NaN, '0 seconds']
])('%d ms is "%s"', (milliseconds, text) => {
	expect(formatDuration(milliseconds, 'en-US')).toBe(text);
});

test('a duration can be told in more or fewer parts', () => {
	expect(formatDuration(90_061_000, 'en-US', 1)).toBe('1 day');
	expect(formatDuration(90_061_000, 'en-US', 4)).toBe('1 day, 1 hour, 1 minute, and 1 second');
});
