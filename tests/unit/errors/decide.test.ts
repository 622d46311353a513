import { UserError } from '@sapphire/framework';
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { StorageAway } from '#lib/data/storageAway.js';
import { decide } from '#lib/errors/decide.js';
import { discordCodeOf, isDiscordRefusal, onDiscordCode } from '#lib/errors/discordCodes.js';
import { Refusal, refusal } from '#lib/errors/refusal.js';

function discordError(code: number, status = 400): DiscordAPIError {
	return new DiscordAPIError({ code, message: 'no' }, code, status, 'POST', 'https://discord.com/api/v10/x', {});
}

/** discord.js's own error; its constructor is not for others. */
const forgotten: unknown = Reflect.construct(DiscordjsError, [DiscordjsErrorCodes.ChannelNotCached]);
const notTold: unknown = Reflect.construct(DiscordjsError, [DiscordjsErrorCodes.GuildMembersTimeout]);

test.each([
	[
		'a refusal',
		refusal('reminders', 'gone', { id: 3 }),
		{ kind: 'refusal', module: 'reminders', code: 'gone', values: { id: 3 }, silent: false }
	],
	[
		'a silent refusal',
		new Refusal({ module: 'commands', code: 'cooldown', values: {}, silent: true }),
		{ kind: 'refusal', module: 'commands', code: 'cooldown', silent: true }
	],
	[
		'a refusal that a precondition handed on',
		new UserError({ identifier: 'x', context: { module: 'commands', code: 'guild-only', values: {}, silent: false } }),
		{ kind: 'refusal', module: 'commands', code: 'guild-only' }
	],
	[
		"one of Sapphire's that means the same",
		new UserError({ identifier: 'preconditionGuildOnly' }),
		{ kind: 'refusal', module: 'commands', code: 'guild-only' }
	],
	[
		'a refusal with values that are none',
		new UserError({ identifier: 'x', context: { module: 'a', code: 'b', values: { c: {} } } }),
		{ kind: 'refusal', values: {} }
	],
	["one of Sapphire's that we never cause", new UserError({ identifier: 'argsMissing' }), { kind: 'unexpected' }],
	['storage that is away', new Error('query failed', { cause: new StorageAway('away') }), { kind: 'storage-away' }],
	['50013', discordError(50013, 403), { kind: 'discord', sentence: 'missing-permissions' }],
	['50001', discordError(50001, 403), { kind: 'discord', sentence: 'missing-access' }],
	['50007', discordError(50007, 403), { kind: 'discord', sentence: 'closed-dms' }],
	['10008', discordError(10008, 404), { kind: 'silent' }],
	['a server that we have left', discordError(10004, 404), { kind: 'silent' }],
	['a message of a channel that is gone', forgotten, { kind: 'silent' }],
	['members that Discord did not tell in time', notTold, { kind: 'discord', sentence: 'away' }],
	['an interaction that ran out', discordError(10062, 404), { kind: 'silent' }],
	['a limit of Discord', discordError(30005), { kind: 'discord', sentence: 'limit' }],
	['a body that Discord does not take, which is our fault', discordError(50035), { kind: 'unexpected' }],
	[
		'an outage of Discord',
		new HTTPError(503, 'Unavailable', 'GET', 'https://discord.com/api/v10/x', {}),
		{ kind: 'discord', sentence: 'away' }
	],
	['a bug', new TypeError('x is not a function'), { kind: 'unexpected' }],
	['something thrown that is no error', 'oops', { kind: 'unexpected' }]
])('%s', (_, error, decision) => {
	expect(decide(error)).toMatchObject(decision);
});

describe('onDiscordCode', () => {
	test('answers the fallback for a code that was named', async () => {
		expect(await onDiscordCode(Promise.reject(discordError(10008)), [10008], null)).toBeNull();
	});

	test('takes a channel that discord.js has forgotten for one that Discord does not know', async () => {
		expect(await onDiscordCode(Promise.reject(forgotten), [10003], null)).toBeNull();
		expect(isDiscordRefusal(forgotten)).toBe(true);
	});

	test('throws every other error on', async () => {
		await expect(onDiscordCode(Promise.reject(discordError(50013)), [10008], null)).rejects.toMatchObject({ code: 50013 });
		await expect(onDiscordCode(Promise.reject(new Error('bug')), [10008], null)).rejects.toThrow('bug');
	});

	test('answers the value otherwise', async () => {
		expect(await onDiscordCode(Promise.resolve(5), [10008], null)).toBe(5);
	});

	test('an error that is not of Discord has no code, even with a field of that name', () => {
		expect(discordCodeOf(Object.assign(new Error(), { code: 10008 }))).toBeNull();
	});
});
