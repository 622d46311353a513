import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isHttpMethod } from './matcher.js';
import { normaliseSchema } from './normalise.js';
import { isRecord, type Operation, type Schema } from './types.js';

export interface ParameterDescription {
	name: string;
	in: 'path' | 'query';
	required: boolean;
	schema: unknown;
}

/** An operation with the schemas its requests and answers are judged by. */
export interface DescribedOperation extends Operation {
	parameters: ParameterDescription[];
	/** Schema of the JSON body; null when the operation takes none. */
	requestSchema: unknown;
	requestRequired: boolean;
	/** By status (`200`, `4XX`); a null schema is an answer without a JSON body. */
	responseSchemas: ReadonlyMap<string, unknown>;
}

export interface ApiDocument {
	operations: DescribedOperation[];
	schemas: ReadonlyMap<string, unknown>;
}

/**
 * Schemas that say less than Discord's pages: a reference may be a forward too, and a bot may change its picture without its name;
 * the description of an application is a text as well, and every bot library sends it so.
 * https://discord.com/developers/docs/resources/message#message-reference-types
 * https://discord.com/developers/docs/resources/user#modify-current-user
 * https://discord.com/developers/docs/resources/application#edit-current-application
 */
const COMPLETED: Readonly<Record<string, Schema>> = {
	MessageReferenceType: { enum: [0, 1] },
	BotAccountPatchRequest: { required: [] },
	ApplicationFormPartial: { properties: { description: { type: ['object', 'string', 'null'], maxLength: 400 } } }
};

/** Where the official JSON lies: the argument, else `DISCORD_API_SPEC`, else the folder beside the checkout. Null when there is none. */
export function findDocument(path?: string): string | null {
	const beside = fileURLToPath(new URL('../../../shared/discord-api-spec/openapi.json', import.meta.url));
	const candidate = path ?? process.env.DISCORD_API_SPEC ?? beside;
	return existsSync(candidate) ? candidate : null;
}

/**
 * Reads the official OpenAPI description.
 * @throws Error when the file is not such a description.
 */
export function readDocument(path: string): ApiDocument {
	const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
	if (!isRecord(parsed) || !isRecord(parsed.paths) || !isRecord(parsed.components)) throw new Error(`${path} is no OpenAPI description`);
	const components = parsed.components;
	const named = isRecord(components.schemas) ? components.schemas : {};
	const responses = isRecord(components.responses) ? components.responses : {};
	const schemas = new Map(
		Object.entries(named).map(([name, schema]) => [name, completed(record(normaliseSchema(schema)), COMPLETED[name] ?? {})])
	);
	const operations = Object.entries(parsed.paths).flatMap(([route, item]) =>
		isRecord(item) ? operationsOf(route, item, responses, schemas) : []
	);
	return { operations, schemas };
}

function completed(schema: Schema, more: Schema): Schema {
	const properties = isRecord(more.properties) ? { properties: { ...record(schema.properties), ...more.properties } } : {};
	return { ...schema, ...more, ...properties };
}

function record(schema: unknown): Schema {
	return isRecord(schema) ? schema : {};
}

/**
 * A body of several kinds (a thread or a channel that is changed) is open in each of them, so what one kind does not know passes there with any value.
 * Every field therefore has to fit in one of the kinds that know it.
 */
function withEveryField(schema: unknown, schemas: ReadonlyMap<string, Schema>): unknown {
	const kinds = isRecord(schema) && Array.isArray(schema.anyOf) ? schema.anyOf.filter(isRecord) : [];
	if (!isRecord(schema) || kinds.length < 2) return schema;
	const fields = new Map<string, unknown[]>();
	for (const kind of kinds) {
		const described = typeof kind.$ref === 'string' ? schemas.get(kind.$ref) : kind;
		if (!isRecord(described?.properties)) return schema;
		for (const [name, field] of Object.entries(described.properties)) fields.set(name, [...(fields.get(name) ?? []), field]);
	}
	const properties = Object.fromEntries([...fields].map(([name, known]) => [name, known.length === 1 ? known[0] : { anyOf: known }]));
	return { ...schema, properties };
}

function operationsOf(route: string, item: Schema, responses: Schema, schemas: ReadonlyMap<string, Schema>): DescribedOperation[] {
	const shared = parametersOf(item.parameters);
	return Object.entries(item).flatMap(([key, described]) => {
		const method = key.toUpperCase();
		if (!isHttpMethod(method) || !isRecord(described)) return [];
		const answers = answersOf(described.responses, responses);
		const body = isRecord(described.requestBody) ? described.requestBody : null;
		return [
			{
				id: String(described.operationId),
				method,
				path: route,
				successStatuses: [...answers.keys()].map(Number).filter((status) => status >= 200 && status < 300),
				parameters: [...shared, ...parametersOf(described.parameters)],
				requestSchema: body ? withEveryField(jsonSchema(body.content), schemas) : null,
				requestRequired: body?.required === true,
				responseSchemas: answers
			}
		];
	});
}

function parametersOf(value: unknown): ParameterDescription[] {
	if (!Array.isArray(value)) return [];
	return value.filter(isRecord).flatMap((parameter) => {
		if (parameter.in !== 'path' && parameter.in !== 'query') return [];
		const { in: place, name, required, schema } = parameter;
		return [{ name: String(name), in: place, required: required === true, schema: normaliseSchema(schema) }];
	});
}

/** The JSON form of a body, else its form-data form (stickers have no other). */
function jsonSchema(content: unknown): unknown {
	if (!isRecord(content)) return null;
	const media = content['application/json'] ?? content['multipart/form-data'];
	return isRecord(media) ? normaliseSchema(media.schema) : null;
}

function answersOf(value: unknown, shared: Schema): Map<string, unknown> {
	const answers = new Map<string, unknown>();
	for (const [status, answer] of Object.entries(isRecord(value) ? value : {})) {
		if (!isRecord(answer)) continue;
		const name = typeof answer.$ref === 'string' ? answer.$ref.replace('#/components/responses/', '') : null;
		const resolved = name === null ? answer : shared[name];
		const content = isRecord(resolved) && isRecord(resolved.content) ? resolved.content : {};
		answers.set(status, isRecord(content['application/json']) ? jsonSchema(content) : null);
	}
	return answers;
}
