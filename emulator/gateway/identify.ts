import { randomBytes } from 'node:crypto';
import type { Discord } from '../discord.js';
import { isObject } from '../rest/body.js';
import type { Account, JsonObject } from '../state/types.js';
import type { Connection } from './connection.js';
import { ALL_INTENTS } from './intents.js';
import { sendReady } from './ready.js';
import { Session } from './session.js';
import { fewestShards } from './shards.js';

/** IDENTIFY: checks token, shard and intents as Discord does, then logs in. */
export function identify(discord: Discord, connection: Connection, data: JsonObject): void {
	const account = accountOf(discord, data['token']);
	if (account === null) {
		connection.close(4004, 'Authentication failed.');
		return;
	}
	const shard = readShard(data['shard']);
	if (shard === null) {
		connection.close(4010, 'Invalid shard.');
		return;
	}
	const isBot = account.kind === 'bot';
	const intents = isBot ? data['intents'] : ALL_INTENTS;
	// Above 31 bits JavaScript's operators would cut off what is wrong.
	if (typeof intents !== 'number' || !Number.isInteger(intents) || intents > ALL_INTENTS || (intents & ~ALL_INTENTS) !== 0) {
		connection.close(4013, 'Invalid intent(s).');
		return;
	}
	if (isBot && (intents & ~discord.allowedIntents) !== 0) {
		connection.close(4014, 'Disallowed intent(s).');
		return;
	}
	if (isBot && fewestShards(discord.world, account.user.id) > shard[1]) {
		connection.close(4011, 'Sharding required.');
		return;
	}
	if (isBot) record(discord, account, shard, intents, data);
	if (isBot && !takeIdentify(discord, account, shard)) {
		connection.op(9, false);
		return;
	}
	const threshold = Number(data['large_threshold'] ?? 50);
	const session = new Session(randomBytes(16).toString('hex'), account, intents, shard, threshold);
	session.presence = isObject(data['presence']) ? data['presence'] : null;
	session.connection = connection;
	connection.compressPayloads = data['compress'] === true;
	connection.session = session;
	discord.dispatcher.sessions.add(session);
	sendReady(discord, session);
}

/** The account of a gateway token: a bot's goes without `Bot `. */
export function accountOf(discord: Discord, token: unknown): Account | null {
	if (typeof token !== 'string') return null;
	const bare = token.replace(/^Bot /, '');
	return discord.world.accounts.get(`Bot ${bare}`) ?? discord.world.accounts.get(bare) ?? null;
}

function readShard(value: unknown): [number, number] | null {
	if (value === undefined || value === null) return [0, 1];
	if (!Array.isArray(value) || value.length !== 2) return null;
	const [id, count] = value.map(Number);
	if (id === undefined || count === undefined || !Number.isInteger(id) || !Number.isInteger(count)) return null;
	return id >= 0 && count > 0 && id < count ? [id, count] : null;
}

function record(discord: Discord, account: Account, shard: [number, number], intents: number, data: JsonObject): void {
	discord.identifies.push({
		at: discord.world.clock.now(),
		userId: account.user.id,
		shard,
		intents,
		properties: isObject(data['properties']) ? data['properties'] : {},
		compress: data['compress'] === true,
		presence: data['presence'] ?? null
	});
}

/** One IDENTIFY per rate-limit key (`shard % max_concurrency`) in five seconds of the machine's time. */
function takeIdentify(discord: Discord, account: Account, shard: [number, number]): boolean {
	const application = discord.world.applications.get(account.applicationId ?? '');
	if (application === undefined) return true;
	const { sessionStarts } = application;
	if (sessionStarts.remaining <= 0) return false;
	sessionStarts.remaining--;
	const key = shard[0] % application.maxConcurrency;
	const now = Date.now();
	const last = application.lastIdentify.get(key) ?? 0;
	if (application.maxConcurrency < 16 && now - last < 5_000) return false;
	application.lastIdentify.set(key, now);
	return true;
}
