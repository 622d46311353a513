import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Discord } from '../discord.js';
import { idFault } from '../state/snowflakes.js';
import type { Account, Json } from '../state/types.js';
import { accountOf } from './bearer.js';
import { Body } from './body.js';
import { DiscordError, invalidBody, refuse } from './errors.js';
import { answerFault, type RestFault, type RestFaults } from './faults.js';
import type { Inspector } from './inspector.js';
import type { Ledger, LedgerEntry } from './ledger.js';
import { parseJson, readMultipart } from './multipart.js';
import { RateLimited, type RateLimits } from './rateLimits.js';
import { type Answer, Call, Reply, type Route, type UploadedFile } from './route.js';

/** What every request passes through. */
export interface Rest {
	discord: Discord;
	ledger: Ledger;
	limits: RateLimits;
	inspector: Inspector;
	faults: RestFaults;
}

const base = '/api';

/** An address without the version: every one that clients use has the same routes. Some encode the @ of names such as @me. */
export function withoutVersion(url: string): string {
	const bare = url.replace(/^\/api\/v(?:9|10)(?=\/)/, base);
	return bare.includes('%40') ? bare.replace(/^[^?]*/, (path) => path.replaceAll('%40', '@')) : bare;
}

/** Registers a route; the versions are taken off before. */
export function serve(app: FastifyInstance, rest: Rest, route: Route): void {
	app.route({ method: route.method, url: base + route.path, handler: (request, reply) => answer(rest, route, request, reply) });
}

async function answer(rest: Rest, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
	const { discord, ledger } = rest;
	reply.header('date', new Date(discord.world.clock.now() + rest.faults.dateSkew).toUTCString());
	const account = accountOf(discord.world, request.headers.authorization ?? '', route.method, route.path);
	const query = readQuery(request);
	const reason = readReason(request);
	const path = (request.url.split('?')[0] ?? '').slice(base.length);
	const entry = ledger.begin({
		at: discord.world.clock.now(),
		by: account?.kind ?? (route.options.auth === 'none' ? 'bot' : 'none'),
		userId: account?.user.id ?? null,
		method: request.method,
		path,
		route: route.path,
		query,
		body: undefined,
		files: [],
		reason
	});
	try {
		authorise(route, account);
		rest.limits.take(route, request.params as Record<string, string>, account, reply);
		const { body, files } = await readBody(request);
		entry.body = body;
		entry.files = files.map((file) => ({ name: file.filename, size: file.data.length }));
		const params = request.params as Record<string, string>;
		const fault = rest.faults.take(entry);
		const instead = fault === null ? null : await meet(rest, fault, entry, reply);
		if (instead !== null) return instead;
		const refusal = rest.inspector.request(entry);
		requireIds(params);
		if (refusal !== null) throw refusal;
		const call = new Call(discord, account, params, query, new Body(body), files, reason, body);
		call.authorization = request.headers.authorization ?? '';
		return finish(rest, entry, reply, await route.handler(call), fault);
	} catch (error) {
		return fail(rest, entry, reply, error);
	}
}

/** Lets a fault happen that comes before anything is done; null when the request goes on. */
async function meet(rest: Rest, fault: RestFault, entry: LedgerEntry, reply: FastifyReply): Promise<FastifyReply | null> {
	if (fault.kind === 'slow') await delay(fault.ms, undefined, { ref: false });
	const answered = answerFault(fault, reply);
	if (answered === null) return null;
	rest.ledger.end(entry, answered.status, null);
	return answered.reply;
}

function authorise(route: Route, account: Account | null): void {
	const auth = route.options.auth ?? 'any';
	if (auth === 'none') return;
	if (account === null) throw refuse(0);
	if (auth === 'bot' && account.kind !== 'bot') throw refuse(20002);
	if (auth === 'user' && account.kind !== 'user') throw refuse(20001);
}

/** Ids of the path are numbers; @original is the one name that stands for an id. https://discord.com/developers/docs/reference#snowflakes */
function requireIds(params: Record<string, string>): void {
	for (const [name, value] of Object.entries(params)) {
		if (!name.endsWith('Id') || (value === '@original' && name === 'messageId')) continue;
		const fault = idFault(value);
		if (fault !== null) throw invalidBody({ [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]: [fault] });
	}
}

async function readBody(request: FastifyRequest): Promise<{ body: Json | undefined; files: UploadedFile[] }> {
	const raw = request.body;
	if (!Buffer.isBuffer(raw) || raw.length === 0) return { body: undefined, files: [] };
	const type = request.headers['content-type'] ?? '';
	if (type.startsWith('multipart/form-data')) return readMultipart(raw, type);
	if (type.startsWith('application/x-www-form-urlencoded')) {
		return { body: Object.fromEntries(new URLSearchParams(raw.toString('utf8'))), files: [] };
	}
	if (!type.startsWith('application/json')) throw unknownContentType();
	return { body: parseJson(raw.toString('utf8')), files: [] };
}

/** https://discord.com/developers/docs/reference#http-api */
function unknownContentType(): DiscordError {
	const known = "{'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'}";
	return invalidBody({ '': [{ code: 'CONTENT_TYPE_INVALID', message: `Expected "Content-Type" header to be one of ${known}.` }] });
}

function finish(rest: Rest, entry: LedgerEntry, reply: FastifyReply, result: Answer, fault: RestFault | null): FastifyReply {
	const status = result instanceof Reply ? result.status : 200;
	const body = result instanceof Reply ? result.body : result;
	rest.ledger.end(entry, status, null);
	rest.inspector.answer(entry, status, body);
	if (fault?.kind === 'lost-answer') {
		reply.hijack();
		reply.raw.destroy();
		return reply;
	}
	reply.status(status);
	if (body === undefined) return reply.send();
	const text = JSON.stringify(body);
	return reply.type('application/json').send(fault?.kind === 'truncated' ? text.slice(0, text.length / 2) : text);
}

function fail(rest: Rest, entry: LedgerEntry, reply: FastifyReply, error: unknown): FastifyReply {
	if (!(error instanceof DiscordError)) {
		rest.ledger.end(entry, 500, 0);
		rest.ledger.violations.push(
			`${entry.method} ${entry.path}: the emulator failed: ${error instanceof Error ? error.stack : String(error)}`
		);
		return reply
			.status(500)
			.type('application/json')
			.send(JSON.stringify({ message: '500: Internal Server Error', code: 0 }));
	}
	rest.ledger.end(entry, error.status, error.code);
	rest.inspector.answer(entry, error.status, error.toJSON());
	if (error.status === 429) writeLimitHeaders(reply, error);
	return reply.status(error.status).type('application/json').send(JSON.stringify(error));
}

/** https://discord.com/developers/docs/topics/rate-limits#header-format */
function writeLimitHeaders(reply: FastifyReply, error: DiscordError): void {
	if (error.extra?.['retry_after'] === undefined) return;
	const global = error.extra['global'] === true;
	reply.header('retry-after', String(Math.ceil(Number(error.extra['retry_after']))));
	reply.header('x-ratelimit-scope', error instanceof RateLimited ? error.scope : 'user');
	if (global) reply.header('x-ratelimit-global', 'true');
}

function readQuery(request: FastifyRequest): Record<string, string> {
	const at = request.url.indexOf('?');
	return at === -1 ? {} : Object.fromEntries(new URLSearchParams(request.url.slice(at + 1)));
}

function readReason(request: FastifyRequest): string | null {
	const header = request.headers['x-audit-log-reason'];
	if (typeof header !== 'string' || header === '') return null;
	try {
		return decodeURIComponent(header);
	} catch {
		return header;
	}
}
