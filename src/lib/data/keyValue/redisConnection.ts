import { Redis } from 'ioredis';
import { backOff } from '#lib/core/backOff.js';

/** A command not answered within this is taken for an outage: a person waits for it. */
const commandTimeoutMs = 1_000;
/** How often a connection is asked whether it still lives: a cut without a word is noticed within this plus the time-out. */
const heartbeatMs = 2_000;
/** Pauses between two attempts: never so long that the bot would be back later than 5 s after Redis. */
const pauses = { firstMs: 100, maxMs: 2_000 };

/**
 * A connection that never queues: while it is down every command fails at once, and it tries again for ever.
 *
 * `onError` is called for each failed attempt; an unheard error event would end the process.
 */
export function redisConnection(url: string, name: string, onError: (error: Error) => void): Redis {
	const redis = new Redis(url, {
		connectionName: name,
		disableClientInfo: true,
		lazyConnect: true,
		connectTimeout: 2_000,
		commandTimeout: commandTimeoutMs,
		enableOfflineQueue: false,
		autoResendUnfulfilledCommands: false,
		maxRetriesPerRequest: 0,
		autoResubscribe: false,
		retryStrategy: (times) => backOff(times, pauses)
	});
	redis.on('error', onError);
	return redis;
}

/** Asks the server regularly: one that went away without a word would not be noticed otherwise. Answers how to stop. */
export function watchHeartbeat(redis: Redis, tell: { alive?: () => void; lost: (error: Error) => void }): () => void {
	const timer = setInterval(() => {
		if (redis.status !== 'ready') return;
		redis.ping().then(
			() => tell.alive?.(),
			(error: unknown) => tell.lost(error instanceof Error ? error : new Error(String(error)))
		);
	}, heartbeatMs);
	timer.unref();
	return () => clearInterval(timer);
}

/** Answers of a server that lives but cannot serve now; any other error answer is a mistake of ours. */
const cannotServe = [
	'LOADING',
	'READONLY',
	'MISCONF',
	'OOM',
	'MASTERDOWN',
	'CLUSTERDOWN',
	'NOAUTH',
	'NOPERM',
	'TRYAGAIN',
	'BUSY',
	'UNBLOCKED'
];

/** True when `error` says that Redis is away or cannot serve, rather than that the command is wrong. */
export function isRedisAway(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if (error.name !== 'ReplyError') return true;
	return cannotServe.includes(error.message.split(' ', 1)[0] ?? '');
}
