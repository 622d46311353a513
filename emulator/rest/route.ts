import type { Discord } from '../discord.js';
import type { Account, Json, JsonObject } from '../state/types.js';
import type { World } from '../state/world.js';
import { Body } from './body.js';
import { invalidBody, refuse } from './errors.js';

export interface UploadedFile {
	/** `files[0]` has 0; other fields keep their name in `field`. */
	index: number | null;
	field: string;
	filename: string;
	contentType: string;
	data: Buffer;
}

/** One request, read and authorised. */
export class Call {
	/** The Authorization header as it came. */
	authorization = '';

	constructor(
		readonly discord: Discord,
		/** Who asks; null on routes whose token is in the path. */
		readonly account: Account | null,
		readonly params: Record<string, string>,
		readonly query: Record<string, string>,
		readonly body: Body,
		readonly files: UploadedFile[],
		/** X-Audit-Log-Reason, decoded. */
		readonly reason: string | null,
		/** The body as it came, for routes that take a list. */
		readonly rawBody: Json | undefined
	) {}

	get world(): World {
		return this.discord.world;
	}

	/** Who asks; 401 when nobody does. */
	get actor(): Account {
		if (this.account === null) throw refuse(0);
		return this.account;
	}

	get actorId(): string {
		return this.actor.user.id;
	}

	param(name: string): string {
		const value = this.params[name];
		if (value === undefined) throw new Error(`This route has no parameter ${name}`);
		return value;
	}

	/** A yes or no of the query, in any of Discord's spellings. https://discord.com/developers/docs/reference#boolean-query-strings */
	flag(name: string): boolean {
		const value = this.query[name] ?? 'false';
		if (!/^(?:true|false|0|1)$/i.test(value)) {
			throw invalidBody({ [name]: [{ code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' }] });
		}
		return /^(?:true|1)$/i.test(value);
	}

	/** A whole number of the query, or the fallback; refused with 50035 outside of its bounds. */
	limit(name: string, fallback: number, min: number, max: number): number {
		const value = this.query[name];
		const asked = new Body(value === undefined ? {} : { [name]: value });
		const number = asked.integer(name, min, max) ?? fallback;
		asked.done();
		return number;
	}
}

/** An answer with another status than 200. */
export class Reply {
	constructor(
		readonly status: number,
		readonly body: Json | undefined
	) {}
}

export const noContent = new Reply(204, undefined);
export const created = (body: JsonObject): Reply => new Reply(201, body);

export type Answer = Json | Reply;
export type Handler = (call: Call) => Answer | Promise<Answer>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface RouteOptions {
	/** Who may ask: anybody logged in (default), bots, people, or whoever knows the path. */
	auth?: 'any' | 'bot' | 'user' | 'none';
	/** Discord's limit for one bucket: requests in milliseconds. `shared`: of all who ask for the same place together. */
	limit?: { requests: number; per: number; shared?: boolean };
}

export interface Route {
	method: Method;
	path: string;
	handler: Handler;
	options: RouteOptions;
}

/** Collects routes; each area file adds its own. */
export class RouteTable {
	readonly routes: Route[] = [];

	get(path: string, handler: Handler, options: RouteOptions = {}): void {
		this.#add('GET', path, handler, options);
	}

	post(path: string, handler: Handler, options: RouteOptions = {}): void {
		this.#add('POST', path, handler, options);
	}

	put(path: string, handler: Handler, options: RouteOptions = {}): void {
		this.#add('PUT', path, handler, options);
	}

	patch(path: string, handler: Handler, options: RouteOptions = {}): void {
		this.#add('PATCH', path, handler, options);
	}

	delete(path: string, handler: Handler, options: RouteOptions = {}): void {
		this.#add('DELETE', path, handler, options);
	}

	#add(method: Method, path: string, handler: Handler, options: RouteOptions): void {
		this.routes.push({ method, path, handler, options });
	}
}
