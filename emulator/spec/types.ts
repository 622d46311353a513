import type { FieldFault } from './words.js';

/** A JSON schema (or any object of the OpenAPI document) as parsed: nothing about it is trusted before it is looked at. */
export interface Schema {
	[keyword: string]: unknown;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of Discord's HTTP API, e.g. `POST /channels/{channel_id}/messages` (`create_message`). */
export interface Operation {
	id: string;
	method: HttpMethod;
	/** The template, without `/api/v10`. */
	path: string;
	/** Statuses a success may have, e.g. `[200, 204]`. */
	successStatuses: number[];
}

export interface OperationMatch {
	operation: Operation;
	/** Values of the path's parameters, decoded. */
	parameters: Record<string, string>;
}

export type ViolationKind =
	| 'unknown-operation'
	| 'path'
	| 'query'
	| 'unknown-query'
	| 'body'
	| 'unknown-key'
	| 'status'
	| 'response'
	| 'named';

/** One way in which a request or an answer is not what the official description says. */
export interface Violation {
	kind: ViolationKind;
	/** Operation id, or `METHOD path` where the operation is unknown. */
	operation: string;
	/** JSON pointer into the body, or the name of the parameter. Empty for the whole. */
	at: string;
	message: string;
	/** What Discord answers to it, where that is known; `at` counts from the same root. */
	told?: FieldFault;
}

/** Query values as a server parses them: one string, or several for a repeated key. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Discord's official description, ready to judge requests and answers. */
export interface Spec {
	/** `official`: the OpenAPI document. `named-schemas`: the weaker zod schemas of npm `discord-api-spec`. */
	source: 'official' | 'named-schemas';
	/** One sentence for people on what is checked and against what. */
	description: string;
	operations: readonly Operation[];
	/** Finds the operation of a path (with or without `/api/v10`); literal segments win over parameters. */
	match(method: string, path: string): OperationMatch | null;
	checkRequest(method: string, path: string, query: Query, body: unknown): Violation[];
	/** `body` is undefined when the answer had none. Answers of 5xx are nobody's contract and always pass. */
	checkResponse(method: string, path: string, status: number, body: unknown): Violation[];
	/** Judges a value by a schema's name, such as `MessageResponse`: gateway events carry the same objects. */
	checkNamed(name: string, value: unknown): Violation[];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
