import { type ApiDocument, type DescribedOperation, readDocument } from './document.js';
import { bare, OperationMatcher } from './matcher.js';
import { coerce } from './queries.js';
import { withTextIds } from './textIds.js';
import type { Operation, OperationMatch, Query, Spec, Violation, ViolationKind } from './types.js';
import { KeyLint } from './unknownKeys.js';
import { type Fault, Validators } from './validators.js';
import { required } from './words.js';

/** Segments such as `@me` and `@original` stand where the description wants a snowflake. */
const isAlias = (value: string) => value.startsWith('@');

/** Judges requests and answers by Discord's official OpenAPI description. */
export class OfficialSpec implements Spec {
	public readonly source = 'official';
	public readonly description: string;
	public readonly operations: readonly DescribedOperation[];
	readonly #byOperation: ReadonlyMap<Operation, DescribedOperation>;
	readonly #document: ApiDocument;
	readonly #matcher: OperationMatcher;
	readonly #validators: Validators;
	readonly #lint: KeyLint;

	public constructor(path: string) {
		this.#document = readDocument(path);
		this.operations = this.#document.operations;
		this.#byOperation = new Map(this.operations.map((operation) => [operation, operation]));
		this.#matcher = new OperationMatcher(this.operations);
		this.#validators = new Validators(this.#document);
		this.#lint = new KeyLint(this.#document);
		this.description = `Requests and answers are checked against Discord's official OpenAPI description (${this.operations.length} operations).`;
	}

	public match(method: string, path: string): OperationMatch | null {
		return this.#matcher.match(method, path);
	}

	public checkRequest(method: string, path: string, query: Query, body: unknown): Violation[] {
		const found = this.#describe(method, path);
		if (!found) return [unknownOperation(method, path)];
		const { operation, parameters } = found;
		return [
			...this.#checkPath(operation, parameters),
			...this.#checkQuery(operation, query),
			...this.#checkBody(operation, body),
			...this.#lint.unknownKeys(operation, body).map((key) => violation('unknown-key', operation, key, `"${key}" is no key of this body`))
		];
	}

	public checkResponse(method: string, path: string, status: number, body: unknown): Violation[] {
		if (status >= 500) return [];
		const found = this.#describe(method, path);
		if (!found) return [unknownOperation(method, path)];
		const { operation } = found;
		const exact = String(status);
		const key = operation.responseSchemas.has(exact) ? exact : `${exact.charAt(0)}XX`;
		if (!operation.responseSchemas.has(key)) return [violation('status', operation, '', `${status} is no status of this operation`)];
		const schema = operation.responseSchemas.get(key);
		if (schema === null || schema === undefined) return checkEmpty(operation, status, body);
		return faults('response', operation, this.#validators.check(schema, body ?? null));
	}

	public checkNamed(name: string, value: unknown): Violation[] {
		const schema = this.#document.schemas.get(name);
		if (schema === undefined) throw new Error(`Discord's description has no schema ${name}`);
		return this.#validators.check(schema, value).map(({ at, message }) => ({ kind: 'named', operation: name, at, message }));
	}

	#describe(method: string, path: string): { operation: DescribedOperation; parameters: Record<string, string> } | null {
		const found = this.#matcher.match(method, path);
		const operation = found && this.#byOperation.get(found.operation);
		return found && operation ? { operation, parameters: found.parameters } : null;
	}

	#checkPath(operation: DescribedOperation, parameters: Record<string, string>): Violation[] {
		return operation.parameters.flatMap((parameter) => {
			const text = parameter.in === 'path' ? parameters[parameter.name] : undefined;
			if (text === undefined || isAlias(text)) return [];
			const found = this.#validators.check(parameter.schema, coerce(this.#document, parameter, text));
			return faults('path', operation, found, parameter.name);
		});
	}

	#checkQuery(operation: DescribedOperation, query: Query): Violation[] {
		const described = new Map(operation.parameters.flatMap((parameter) => (parameter.in === 'query' ? [[parameter.name, parameter]] : [])));
		const wrong = Object.entries(query).flatMap(([name, value]) => {
			if (value === undefined) return [];
			const parameter = described.get(name) ?? described.get(name.replace(/\[\]$/, ''));
			if (!parameter) return [violation('unknown-query', operation, name, `"${name}" is no query parameter here`)];
			return faults('query', operation, this.#validators.check(parameter.schema, coerce(this.#document, parameter, value)), name);
		});
		const missing = [...described.values()].filter(({ required, name }) => required && query[name] === undefined);
		return [...wrong, ...missing.map(({ name }) => missingQuery(operation, name))];
	}

	#checkBody(operation: DescribedOperation, body: unknown): Violation[] {
		if (body === undefined || body === null) {
			// "Required" also stands at bodies whose keys are all optional (lifting a ban); clients send none there.
			const needed = operation.requestRequired && this.#validators.check(operation.requestSchema, {}).length > 0;
			return needed ? [violation('body', operation, '', 'a body is required')] : [];
		}
		return operation.requestSchema === null
			? []
			: faults('body', operation, this.#validators.check(operation.requestSchema, withTextIds(body)));
	}
}

function unknownOperation(method: string, path: string): Violation {
	const operation = `${method.toUpperCase()} ${bare(path)}`;
	return { kind: 'unknown-operation', operation, at: '', message: "Discord's description has no such operation" };
}

function missingQuery(operation: Operation, name: string): Violation {
	return { ...violation('query', operation, name, 'is required'), told: { at: name, ...required } };
}

function violation(kind: ViolationKind, operation: Operation, at: string, message: string): Violation {
	return { kind, operation: operation.id, at, message };
}

function faults(kind: ViolationKind, operation: Operation, found: readonly Fault[], name = ''): Violation[] {
	return found.map(({ at, message, told }) => ({
		...violation(kind, operation, `${name}${at}`, message),
		told: { ...told, at: `${name}${told.at}` }
	}));
}

function checkEmpty(operation: Operation, status: number, body: unknown): Violation[] {
	const isEmpty = body === undefined || body === null || body === '' || status !== 204;
	return isEmpty ? [] : [violation('response', operation, '', '204 has no body')];
}
