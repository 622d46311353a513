import { type CuttingProxy, cuttingProxy, type Tap } from './cuttingProxy.js';
import type { House } from './house.js';
import { postgresAnswers, postgresTap } from './postgresTap.js';
import { redisTap } from './redisTap.js';

/** Something that the bot asked of a server. */
export interface Asked {
	readonly server: 'discord' | 'postgres' | 'redis';
	/** The name that the connection gave itself; none for Discord. */
	readonly client: string;
	/** `POST /channels/1/messages`, a statement, a command with its words. */
	readonly what: string;
}

/** What the taps tell, while it happens. */
export interface TapListener {
	/** It is on its way to the server. */
	asked?(asked: Asked): void;
	/** The server did it, left something changed by it, and the bot does not know yet. */
	changed?(asked: Asked): void;
}

/** Discord's interface, PostgreSQL and Redis behind taps; the gateway is reached directly. */
export interface TappedServers {
	/** For `house.start`: the ways through the taps. */
	readonly env: Readonly<Record<string, string>>;
	readonly discord: CuttingProxy;
	readonly postgres: CuttingProxy;
	/** Null for a house without Redis. */
	readonly redis: CuttingProxy | null;
	/** Everybody's connections. */
	all(act: (proxy: CuttingProxy) => void): void;
	close(): Promise<void>;
}

/** Puts taps before all that the bot of `house` writes to. Make the house with `start: false`. */
export async function tapServers(house: House, listener: TapListener): Promise<TappedServers> {
	const api = new URL(house.discord.environment['DISCORD_API_URL'] ?? '');
	const { host = '', port = 0 } = house.database.connection;
	const discord = await cuttingProxy({ host: api.hostname, port: Number(api.port) }, () => discordTap(listener));
	const postgres = await cuttingProxy({ host, port }, () => databaseTap(listener));
	const redisUrl = house.redisUrl === undefined ? null : new URL(house.redisUrl);
	const redis =
		redisUrl && (await cuttingProxy({ host: redisUrl.hostname, port: Number(redisUrl.port) || 6379 }, () => cacheTap(listener)));
	const proxies = [discord, postgres, ...(redis === null ? [] : [redis])];
	return {
		env: {
			DISCORD_API_URL: through(api, discord),
			DATABASE_URL: through(new URL(house.database.url), postgres),
			...(redisUrl && redis ? { REDIS_URL: through(redisUrl, redis) } : {})
		},
		discord,
		postgres,
		redis,
		all: (act) => proxies.forEach(act),
		async close() {
			await Promise.all(proxies.map((proxy) => proxy.close()));
		}
	};
}

function through(url: URL, { port }: CuttingProxy): string {
	const changed = new URL(url);
	changed.hostname = '127.0.0.1';
	changed.port = String(port);
	return changed.href;
}

function discordTap({ asked, changed }: TapListener): Tap {
	let waiting: Asked | null = null;
	return {
		sent(bytes) {
			// One request at a time on a connection; what does not begin like one is the rest of a body.
			const [, method = '', path = ''] =
				/^([A-Z]+) (?:\/api)?(?:\/v\d+)?(\/\S*) HTTP\/1\.1\r\n/.exec(bytes.toString('latin1', 0, 2_000)) ?? [];
			if (method === '') return;
			waiting = { server: 'discord', client: '', what: `${method} ${path}` };
			asked?.(waiting);
		},
		answered() {
			const done = waiting;
			waiting = null;
			if (done !== null && !done.what.startsWith('GET ')) changed?.(done);
		}
	};
}

function databaseTap({ asked, changed }: TapListener): Tap {
	let last: Asked = { server: 'postgres', client: '', what: '' };
	/** What the open transaction has written so far: nobody else sees it before the commit. */
	let written: Asked | null = null;
	return {
		sent: postgresTap((sql, application) => {
			last = { server: 'postgres', client: application, what: sql };
			asked?.(last);
		}),
		answered: postgresAnswers((completed, status) => {
			if (completed.some((tag) => /^(?:INSERT \d+|UPDATE|DELETE|MERGE) [1-9]/.test(tag))) written = last;
			if (status !== 'I') return;
			const done = written;
			written = null;
			if (done !== null && !completed.includes('ROLLBACK'))
				changed?.(completed.includes('COMMIT') ? { ...last, what: `COMMIT after ${done.what}` } : done);
		})
	};
}

/** What leaves nothing behind. */
const readingCommands = new Set([
	'publish',
	'get',
	'mget',
	'ping',
	'info',
	'hello',
	'auth',
	'select',
	'client',
	'subscribe',
	'unsubscribe',
	'pttl',
	'ttl',
	'exists'
]);

function cacheTap({ asked, changed }: TapListener): Tap {
	let client = '';
	let waiting: Asked[] = [];
	return {
		sent: redisTap((words) => {
			const [command = '', second = '', third = ''] = words;
			if (command.toLowerCase() === 'client' && second.toLowerCase() === 'setname') client = third;
			const call: Asked = { server: 'redis', client, what: words.join(' ') };
			waiting.push(call);
			asked?.(call);
		}),
		answered(bytes) {
			const done = waiting;
			waiting = [];
			// `:0` alone: there was nothing to delete.
			if (done.length === 1 && /^(?:del|unlink) /i.test(done[0]?.what ?? '') && bytes.toString('latin1') === ':0\r\n') return;
			for (const call of done) if (!readingCommands.has(call.what.split(' ', 1)[0]?.toLowerCase() ?? '')) changed?.(call);
		}
	};
}

/** What runs by itself, by name: the look for due timers, the chores' queue, signs of life of connections and shards, and the lock of a process. */
export function isHousekeeping({ server, client, what }: Asked): boolean {
	if (client === 'evict-chores' || client.startsWith('evict lock')) return true;
	if (server === 'postgres') return what.startsWith('/* timers */') || what.startsWith('/* probe */') || what.startsWith('/* clock */');
	return server === 'redis' && (/^(?:ping|info|client|hello)\b/i.test(what) || what.includes('shard-lease:'));
}
