import type { FastifyReply } from 'fastify';
import type { LedgerEntry } from './ledger.js';

/** What goes wrong with a request. */
export type FaultKind =
	/** An error status with Discord's short JSON: 500, 502, 503. */
	| 'status'
	/** 429 with a scope. */
	| 'rate-limit'
	/** The web page that Cloudflare shows in Discord's place: 403. */
	| 'html-403'
	/** Cloudflare error 1015: 429 as a web page, for minutes. */
	| 'cloudflare-1015'
	/** Answered only after `ms`. */
	| 'slow'
	/** Done, and answered with half of the JSON. */
	| 'truncated'
	/** The connection is cut before anything is done. */
	| 'cut'
	/** Done, but the connection is cut before the answer. */
	| 'lost-answer';

export interface RestFault {
	kind: FaultKind;
	/** Only this method. */
	method?: string;
	/** Only paths that match this regular expression. */
	path?: string;
	/** How often; -1 until it is taken away. */
	times: number;
	/** Between 0 and 1; how likely each time. */
	chance: number;
	status: number;
	/** The number of Discord's error. */
	code: number;
	scope: 'user' | 'global' | 'shared';
	/** Seconds. */
	retryAfter: number;
	/** Milliseconds of the machine's time. */
	ms: number;
}

/** The faults that wait for requests. Only the bot's requests meet them. */
export class RestFaults {
	readonly #faults: RestFault[] = [];
	/** Added to the Date header, in milliseconds: a Discord whose clock is wrong. */
	dateSkew = 0;

	add(fault: Partial<RestFault> & { kind: FaultKind }): void {
		this.#faults.push({ times: 1, chance: 1, status: 500, code: 0, scope: 'user', retryAfter: 1, ms: 1_000, ...fault });
	}

	clear(): void {
		this.#faults.length = 0;
		this.dateSkew = 0;
	}

	/** The fault that this request meets, counted down. */
	take(entry: LedgerEntry): RestFault | null {
		if (this.#faults.length === 0 || entry.by === 'user') return null;
		for (const [index, fault] of this.#faults.entries()) {
			if (fault.method !== undefined && fault.method !== entry.method) continue;
			if (fault.path !== undefined && !new RegExp(fault.path).test(entry.path)) continue;
			if (fault.chance < 1 && Math.random() >= fault.chance) continue;
			if (fault.times > 0 && --fault.times === 0) this.#faults.splice(index, 1);
			return fault;
		}
		return null;
	}
}

/** Answers in Discord's place, for faults that come before anything is done. Null: go on. */
export function answerFault(fault: RestFault, reply: FastifyReply): { status: number; reply: FastifyReply } | null {
	switch (fault.kind) {
		case 'status':
			return json(reply, fault.status, { message: `${fault.status}: Service Unavailable`, code: fault.code });
		case 'rate-limit':
			return rateLimited(fault, reply);
		case 'html-403':
			return html(
				reply,
				403,
				'<!DOCTYPE html><html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body></html>'
			);
		case 'cloudflare-1015':
			reply.header('retry-after', String(fault.retryAfter));
			return html(
				reply,
				429,
				'<!DOCTYPE html><html><head><title>Access denied | discord.com used Cloudflare to restrict access</title></head><body>error code: 1015</body></html>'
			);
		case 'cut':
			reply.hijack();
			reply.raw.destroy();
			return { status: 0, reply };
		default:
			return null;
	}
}

function rateLimited(fault: RestFault, reply: FastifyReply) {
	const global = fault.scope === 'global';
	reply.headers({
		'retry-after': String(Math.ceil(fault.retryAfter)),
		'x-ratelimit-scope': fault.scope,
		...(global
			? { 'x-ratelimit-global': 'true' }
			: {
					'x-ratelimit-limit': '5',
					'x-ratelimit-remaining': '0',
					'x-ratelimit-reset-after': String(fault.retryAfter),
					'x-ratelimit-bucket': 'fault'
				})
	});
	return json(reply, 429, { message: 'You are being rate limited.', retry_after: fault.retryAfter, global });
}

function json(reply: FastifyReply, status: number, body: Record<string, unknown>) {
	return { status, reply: reply.status(status).type('application/json').send(JSON.stringify(body)) };
}

function html(reply: FastifyReply, status: number, page: string) {
	return { status, reply: reply.status(status).type('text/html; charset=UTF-8').header('server', 'cloudflare').send(page) };
}
