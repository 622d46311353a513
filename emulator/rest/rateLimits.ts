import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Discord, RateLimitMode } from '../discord.js';
import type { Account } from '../state/types.js';
import { DiscordError, type ErrorCode, refuse } from './errors.js';
import type { Route, RouteOptions } from './route.js';

interface Bucket {
	left: number;
	limit: number;
	/** Machine time at which it is full again. */
	resetAt: number;
}

type Rule = NonNullable<RouteOptions['limit']>;

/** Discord's usual bucket where no other is documented. */
const USUAL: Rule = { requests: 10, per: 10_000 };
/** Discord: 50 requests a second for a bot. https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const GLOBAL = { requests: 50, per: 1_000 };
/** Where bots meet a limit in everyday life: five messages in five seconds a channel. */
const SENDING = 'POST /channels/:channelId/messages';
const WIDE: Rule = { requests: 10_000, per: 1_000 };
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
		const rule = ruleFor(mode, route);
		if (mode === 'discord' && account !== null) this.#takeGlobal(account);
		const hash = this.#hash(route);
		const major = MAJOR.map((name) => params[name] ?? '').join(':');
		const shared = rule.shared === true;
		const bucket = this.#bucket(`${shared ? 'shared' : (account?.user.id ?? '')}:${hash}:${major}`, rule);
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
		throw tooMany(resetAfter, shared ? 'shared' : 'user');
	}

	#takeGlobal(account: Account): void {
		const bucket = this.#bucket(`global:${account.user.id}`, GLOBAL);
		if (--bucket.left >= 0) return;
		throw tooMany(Math.max(bucket.resetAt - Date.now(), 0) / 1000, 'global');
	}

	#bucket(key: string, rule: Rule): Bucket {
		const now = Date.now();
		const known = this.#buckets.get(key);
		// Another rule, as after a change of the mode, begins anew.
		if (known !== undefined && known.resetAt > now && known.limit === rule.requests) return known;
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

function ruleFor(mode: RateLimitMode, { method, path, options }: Route): Rule {
	if (mode === 'discord') return options.limit ?? USUAL;
	return mode === 'messages' && `${method} ${path}` === SENDING ? (options.limit ?? USUAL) : WIDE;
}

/** Whose limit was met. https://discord.com/developers/docs/topics/rate-limits#header-format-rate-limit-header-examples */
export type RateLimitScope = 'user' | 'global' | 'shared';

/** Discord's answer to too many requests. */
export class RateLimited extends DiscordError {
	constructor(
		seconds: number,
		readonly scope: RateLimitScope,
		code = 0,
		message = 'You are being rate limited.'
	) {
		const retryAfter = Math.max(Math.ceil(seconds * 1000) / 1000, 0.001);
		super(code, 429, message, null, { retry_after: retryAfter, global: scope === 'global' });
	}
}

/** The refusal of one request too many; `seconds` until it may be asked again. */
export function tooMany(seconds: number, scope: RateLimitScope): RateLimited {
	return new RateLimited(seconds, scope);
}

/** As `tooMany`, where Discord has a code of its own for it. */
export function tooManyOf(code: ErrorCode, seconds: number): RateLimited {
	return new RateLimited(seconds, 'user', code, refuse(code).message);
}
