import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Discord } from '../discord.js';
import type { Account } from '../state/types.js';
import { DiscordError } from './errors.js';
import type { Route } from './route.js';

interface Bucket {
	left: number;
	limit: number;
	/** Machine time at which it is full again. */
	resetAt: number;
}

/** Discord's usual bucket where no other is documented. */
const USUAL = { requests: 10, per: 10_000 };
/** Discord: 50 requests a second for a bot. https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const GLOBAL = { requests: 50, per: 1_000 };
const WIDE = { requests: 10_000, per: 1_000 };
const MAJOR = ['channelId', 'guildId', 'webhookId', 'token'];
const MAX_BUCKETS = 20_000;

/** Counts requests per route and major parameter, writes the headers, refuses with 429. */
export class RateLimits {
	readonly #buckets = new Map<string, Bucket>();
	readonly #hashes = new Map<Route, string>();

	constructor(private readonly discord: Discord) {}

	/** Takes one request from its bucket. Only bots are counted: people are driven by tests. */
	take(route: Route, params: Record<string, string>, account: Account | null, reply: FastifyReply): void {
		const mode = this.discord.rateLimits;
		if (mode === 'off' || account?.kind === 'user') return;
		const rule = mode === 'wide' ? WIDE : (route.options.limit ?? USUAL);
		if (mode === 'discord' && account !== null) this.#takeGlobal(account);
		const hash = this.#hash(route);
		const major = MAJOR.map((name) => params[name] ?? '').join(':');
		const bucket = this.#bucket(`${account?.user.id ?? ''}:${hash}:${major}`, rule);
		bucket.left--;
		const resetAfter = Math.max(bucket.resetAt - Date.now(), 0) / 1000;
		reply.headers({
			'x-ratelimit-limit': String(bucket.limit),
			'x-ratelimit-remaining': String(Math.max(bucket.left, 0)),
			'x-ratelimit-reset': String(bucket.resetAt / 1000),
			'x-ratelimit-reset-after': resetAfter.toFixed(3),
			'x-ratelimit-bucket': hash
		});
		if (bucket.left >= 0) return;
		throw tooMany(resetAfter, false);
	}

	#takeGlobal(account: Account): void {
		const bucket = this.#bucket(`global:${account.user.id}`, GLOBAL);
		if (--bucket.left >= 0) return;
		throw tooMany(Math.max(bucket.resetAt - Date.now(), 0) / 1000, true);
	}

	#bucket(key: string, rule: { requests: number; per: number }): Bucket {
		const now = Date.now();
		const known = this.#buckets.get(key);
		if (known !== undefined && known.resetAt > now) return known;
		if (this.#buckets.size > MAX_BUCKETS) this.#buckets.clear();
		const bucket = { left: rule.requests, limit: rule.requests, resetAt: now + rule.per };
		this.#buckets.set(key, bucket);
		return bucket;
	}

	#hash(route: Route): string {
		let hash = this.#hashes.get(route);
		if (hash === undefined) {
			hash = createHash('sha1').update(`${route.method} ${route.path}`).digest('hex').slice(0, 32);
			this.#hashes.set(route, hash);
		}
		return hash;
	}
}

/** Discord's answer to too many requests; `seconds` as it writes them. */
export function tooMany(seconds: number, global: boolean): DiscordError {
	const retryAfter = Math.max(Math.ceil(seconds * 1000) / 1000, 0.001);
	return new DiscordError(0, 429, 'You are being rate limited.', null, { retry_after: retryAfter, global });
}
