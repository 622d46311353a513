import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bare, OperationMatcher } from './matcher.js';
import { type NamedOperation, namedOperations } from './operationTable.js';
import { withTextIds } from './textIds.js';
import { isRecord, type Operation, type Spec, type Violation, type ViolationKind } from './types.js';

interface NamedSchema {
	safeParse(value: unknown): { success: boolean; error?: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
}

const schemaFile = 'discord-api-spec/build/preview/discord-api-spec.zod.js';
const permissionNames = new Set(['permissions', 'allow', 'deny', 'default_member_permissions']);

/**
 * The fallback of a clone without the official JSON: operations from our own table, bodies from the zod schemas of npm
 * `discord-api-spec`. Those are named types only, so bodies that the description writes inline pass unchecked, and so
 * do paths and queries. Null when the package is not installed.
 */
export function loadNamedSchemas(): Spec | null {
	const require = createRequire(import.meta.url);
	// The package lets nothing be required, so that it cannot be resolved by its name.
	const places = (require.resolve.paths('discord-api-spec') ?? []).map((folder) => join(folder, schemaFile));
	const file = places.find((place) => existsSync(place));
	if (file === undefined) return null;
	const loaded: unknown = require(file);
	return isRecord(loaded) ? namedSpec(loaded) : null;
}

function namedSpec(schemas: Record<string, unknown>): Spec {
	const named = new Map<Operation, NamedOperation>(namedOperations.map((operation) => [operation, operation]));
	const matcher = new OperationMatcher(namedOperations);
	const described = namedOperations.filter(({ request }) => request !== null && alternatives(schemas, request).length > 0).length;
	const describe = (method: string, path: string) => {
		const found = matcher.match(method, path);
		return found ? named.get(found.operation) : undefined;
	};
	const unknown = (method: string, path: string): Violation => ({
		kind: 'unknown-operation',
		operation: `${method.toUpperCase()} ${bare(path)}`,
		at: '',
		message: "Discord's description has no such operation"
	});

	return {
		source: 'named-schemas',
		description: `Discord's official description was not found (set DISCORD_API_SPEC): bodies are checked by the named schemas of npm discord-api-spec only (${described} request bodies), paths and queries are not.`,
		operations: namedOperations,
		match: (method, path) => matcher.match(method, path),
		checkRequest(method, path, _query, body) {
			const operation = describe(method, path);
			if (!operation) return [unknown(method, path)];
			if (operation.request === null || body === undefined || body === null) return [];
			return check(schemas, operation.id, 'body', operation.request, asNamed(withNumericPermissions(withTextIds(asForm(operation, body)))));
		},
		checkResponse(method, path, status, body) {
			const operation = describe(method, path);
			if (!operation) return [unknown(method, path)];
			if (status >= 400) return [];
			const name = operation.responses[status];
			if (name === undefined)
				return [{ kind: 'status', operation: operation.id, at: '', message: `${status} is no status of this operation` }];
			return name === null ? [] : check(schemas, operation.id, 'response', name, asNamed(body));
		},
		checkNamed: (name, value) => check(schemas, name, 'named', name, asNamed(value))
	};
}

/** The description of an application is a text to clients, and a table of translations to the schemas. */
function asForm({ request }: NamedOperation, body: unknown): unknown {
	if (request !== 'ApplicationFormPartial' || !isRecord(body) || typeof body['description'] !== 'string') return body;
	return { ...body, description: { default: body['description'] } };
}

/** `A|B` lists alternatives, `A[]` a list of A. A name the package does not know lets everything pass. */
function check(schemas: Record<string, unknown>, operation: string, kind: ViolationKind, names: string, value: unknown): Violation[] {
	const results = alternatives(schemas, names).flatMap(({ schema, many }) => {
		if (!many) return [schema.safeParse(value)];
		return Array.isArray(value) ? [value.map((item) => schema.safeParse(item)).find(({ success }) => !success) ?? { success: true }] : [];
	});
	if (results.length === 0 || results.some(({ success }) => success)) return [];
	const [closest] = results.toSorted((a, b) => (a.error?.issues.length ?? 0) - (b.error?.issues.length ?? 0));
	return (closest?.error?.issues ?? []).map(({ path, message }) => ({
		kind,
		operation,
		at: path.map((part) => `/${String(part)}`).join(''),
		message
	}));
}

/** Empty when one of the names is unknown: an incomplete list of alternatives would refuse good payloads. */
function alternatives(schemas: Record<string, unknown>, names: string): { schema: NamedSchema; many: boolean }[] {
	const found = names.split('|').map((name) => ({ schema: schemas[`${name.replace('[]', '')}Schema`], many: name.endsWith('[]') }));
	const usable = found.flatMap(({ schema, many }) => (isNamedSchema(schema) ? [{ schema, many }] : []));
	return usable.length === found.length ? usable : [];
}

function isNamedSchema(value: unknown): value is NamedSchema {
	return isRecord(value) && typeof value.safeParse === 'function';
}

/** The schemas want integers where clients send bit fields as strings; see normalise.ts. */
function withNumericPermissions(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withNumericPermissions);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => {
			const isBits = permissionNames.has(key) && typeof inner === 'string' && /^\d+$/.test(inner);
			return [key, isBits ? Number(inner) : withNumericPermissions(inner)];
		})
	);
}

const offsetTime = /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/;

/**
 * What Discord writes and takes, in the words of the schemas: they know times in the form of `Z` only, and no reference but a reply.
 * https://discord.com/developers/docs/resources/message#message-reference-types
 */
function asNamed(value: unknown): unknown {
	if (typeof value === 'string') return offsetTime.test(value) && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : value;
	if (Array.isArray(value)) return value.map(asNamed);
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => {
			const isForward = key === 'message_reference' && isRecord(inner) && inner['type'] === 1;
			return [key, asNamed(isForward ? { ...inner, type: 0 } : inner)];
		})
	);
}
