import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { StartFailure } from '#lib/errors/startFailure.js';
import { readConfig } from '../../../src/config.js';

const read = (environment: Record<string, string>) => readConfig(environment, { token: 'optional' });

/** The sentence that the start would end with. */
function faultsOf(environment: Record<string, string>, token: 'required' | 'optional' = 'optional'): string {
	try {
		readConfig(environment, { token });
	} catch (error) {
		if (error instanceof StartFailure) return error.message;
		throw error;
	}
	return '';
}

test('an empty environment is good for development and lacks only the token for a start', () => {
	const config = read({});
	expect(config).toMatchObject({
		token: null,
		databaseUrl: null,
		redisUrl: null,
		shards: null,
		shardCount: null,
		logLevel: 'info',
		migrateOnStart: null
	});
	expect(config.discord).toEqual({ api: 'https://discord.com/api', cdn: 'https://cdn.discordapp.com' });
	expect(config.lavalinkNodes).toEqual(['localhost:2333']);
	expect(faultsOf({}, 'required')).toMatch(/a fault:\n {2}DISCORD_TOKEN is not set/);
});

test('the address of another Discord may end with a slash or with the version', () => {
	for (const end of ['', '/', '/v10', '/v10/']) {
		expect(read({ DISCORD_API_URL: `http://127.0.0.1:8090/api${end}` }).discord.api).toBe('http://127.0.0.1:8090/api');
	}
});

test('all faults are told at once, each with the name of its variable', () => {
	const message = faultsOf(
		{ DATABASE_URL: 'mysql://host/db', REDIS_URL: 'nowhere', HTTP_PORT: '70000', LOG_LEVEL: 'loud', OWNER_IDS: 'me', SHARDS: '3-1' },
		'required'
	);
	expect(message).toContain('7 faults');
	for (const name of ['DATABASE_URL', 'REDIS_URL', 'HTTP_PORT', 'LOG_LEVEL', 'OWNER_IDS', 'SHARDS', 'DISCORD_TOKEN'])
		expect(message).toContain(`\n  ${name} `);
});

test('shards that do not go together are told beside the faults of other variables', () => {
	expect(faultsOf({ SHARDS: '3', HTTP_PORT: 'eighty' }, 'required')).toMatch(
		/3 faults:[\s\S]*\n {2}SHARD_COUNT must be set when SHARDS is\./
	);
	expect(faultsOf({ SHARDS: '4', SHARD_COUNT: '4', HTTP_PORT: 'eighty' })).toMatch(/2 faults:[\s\S]*\n {2}SHARDS names shard 4/);
});

test('a fault does not repeat the value: it may be a secret', () => {
	expect(faultsOf({ DATABASE_URL: 'postgres:canary-value', PROXIES: 'canary-value', REDIS_URL: 'canary-value' })).not.toContain(
		'canary-value'
	);
});

test.each([
	['evict_api', { evict_api: 'https://pages.example/' }, 'https://pages.example'],
	['EVICT_API', { EVICT_API: 'https://pages.example' }, 'https://pages.example'],
	[
		'both, where the upper-case one wins',
		{ EVICT_API: 'https://upper.example', evict_api: 'https://lower.example' },
		'https://upper.example'
	],
	['an empty upper-case one, which counts as not set', { EVICT_API: ' ', evict_api: 'https://lower.example' }, 'https://lower.example']
])('both spellings are read: %s', (_, environment, expected) => {
	expect(read({ ...environment }).evictApi).toBe(expected);
});

test('nodes of Lavalink are addresses with ports', () => {
	expect(read({ LAVALINK_NODES: 'localhost:2333, music:secret@10.0.0.2:2333' }).lavalinkNodes).toEqual([
		'localhost:2333',
		'music:secret@10.0.0.2:2333'
	]);
	for (const LAVALINK_NODES of ['localhost', ':2333', 'a:2333,b', ','])
		expect(faultsOf({ LAVALINK_NODES }), LAVALINK_NODES).toContain('LAVALINK_NODES must be addresses such as localhost:2333');
});

test('a token written as in a header is the token itself', () => {
	for (const DISCORD_TOKEN of ['a.b.c', 'Bot a.b.c', 'bot  a.b.c']) expect(read({ DISCORD_TOKEN }).token?.reveal()).toBe('a.b.c');
});

test('a token that no header can carry is told before anybody is asked, and not repeated', () => {
	for (const DISCORD_TOKEN of ['Bot', 'canary\ntoken', 'canary token', 'canary…token']) {
		const message = faultsOf({ DISCORD_TOKEN });
		expect(message, DISCORD_TOKEN).toContain('DISCORD_TOKEN must be the token alone');
		expect(message).not.toContain('canary');
	}
});

test('proxy_url is one more of the proxies', () => {
	const { proxies } = read({ PROXIES: 'http://a:1|http://user:pass@b:2 | socks5://c:3', proxy_url: 'http://d:4' });
	expect(proxies.map((proxy) => proxy.reveal())).toEqual(['http://a:1', 'http://user:pass@b:2', 'socks5://c:3', 'http://d:4']);
});

test.each([
	['0-3', [0, 1, 2, 3]],
	['2', [2]],
	['0,2-3', [0, 2, 3]],
	['1,1,0-1', [1, 0]]
])('SHARDS %s', (given, shards) => {
	expect(read({ SHARDS: given, SHARD_COUNT: '4' }).shards).toEqual(shards);
});

test.each([
	[{ SHARDS: '0' }, /SHARD_COUNT must be set/],
	[{ SHARDS: '0-4', SHARD_COUNT: '4' }, /SHARDS names shard 4, but SHARD_COUNT is 4/],
	[{ SHARDS: '0-99999999', SHARD_COUNT: '4' }, /SHARDS/],
	[{ SHARDS: 'all', SHARD_COUNT: '4' }, /SHARDS/],
	[{ SHARD_COUNT: '0' }, /SHARD_COUNT/]
])('shards that cannot be are refused: %o', (environment, message) => {
	expect(faultsOf({ ...environment })).toMatch(message);
});

test.each([
	['true', true],
	['1', true],
	['off', false]
])('a switch may be written as %s', (given, value) => {
	expect(read({ MOBILE_STATUS: given }).mobileStatus).toBe(value);
});

test('ids are separated by commas or spaces', () => {
	const { ownerIds, staffIds } = read({ OWNER_IDS: '123456789012345678, 223456789012345678', STAFF_IDS: '323456789012345678' });
	expect([...ownerIds]).toEqual(['123456789012345678', '223456789012345678']);
	expect([...staffIds]).toEqual(['323456789012345678']);
});

test('the role of buyers is a server and a role; without it there is none', () => {
	expect(read({ BUYER_ROLE: '123456789012345678:223456789012345678' }).buyerRole).toEqual({
		guildId: '123456789012345678',
		roleId: '223456789012345678'
	});
	expect(read({}).buyerRole).toBeNull();
	expect(faultsOf({ BUYER_ROLE: '223456789012345678' })).toMatch(/BUYER_ROLE must be the id of a server and of a role/);
	expect(faultsOf({ STAFF_LOG_CHANNEL: 'general' })).toMatch(/STAFF_LOG_CHANNEL must be a Discord id/);
});

test('every production variable that is missing is warned about, and none that is set', () => {
	expect(read({}).warnings.map((warning) => warning.split(' ')[0])).toEqual([
		'DATABASE_URL',
		'REDIS_URL',
		'OWNER_IDS',
		'SUPPORT_SERVER',
		'COMMANDS_URL',
		'EVICT_API',
		'PROXIES'
	]);
	expect(read({ DATABASE_URL: 'postgresql://h/d', OWNER_IDS: '123456789012345678', PROXIES: 'http://a:1' }).warnings).toHaveLength(4);
});

test('secrets cannot be printed by accident', () => {
	const { token, databaseUrl } = read({ DISCORD_TOKEN: 'canary-token', DATABASE_URL: 'postgresql://u:canary-password@h/d' });
	for (const printed of [inspect({ token, databaseUrl }), JSON.stringify({ token, databaseUrl }), `${token} ${databaseUrl}`]) {
		expect(printed).toContain('[secret]');
		expect(printed).not.toContain('canary');
	}
	expect(token?.reveal()).toBe('canary-token');
});
