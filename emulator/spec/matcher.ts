import type { HttpMethod, Operation, OperationMatch } from './types.js';

interface Branch {
	literals: Map<string, Branch>;
	parameter: { name: string; branch: Branch } | null;
	operations: Map<string, { operation: Operation; names: string[] }>;
}

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] satisfies HttpMethod[];

export function isHttpMethod(value: string): value is HttpMethod {
	return methods.includes(value);
}

/** Takes `/api` and `/v10` off the front of a path and the query off its end. */
export function bare(path: string): string {
	const withoutQuery = path.split('?', 1)[0] ?? '';
	return withoutQuery.replace(/^\/api(?=\/|$)/, '').replace(/^\/v\d+(?=\/|$)/, '');
}

/** Finds operations by path. `/users/@me` beats `/users/{user_id}` because literal segments are tried first. */
export class OperationMatcher {
	readonly #root: Branch = emptyBranch();

	public constructor(operations: Iterable<Operation>) {
		for (const operation of operations) this.#add(operation);
	}

	public match(method: string, path: string): OperationMatch | null {
		const segments = bare(path).split('/').filter(Boolean).map(decode);
		const found = this.#find(this.#root, method.toUpperCase(), segments, 0, []);
		if (!found) return null;
		const parameters = Object.fromEntries(found.names.map((name, index) => [name, found.values[index] ?? '']));
		return { operation: found.operation, parameters };
	}

	#add(operation: Operation): void {
		const names: string[] = [];
		let branch = this.#root;
		for (const segment of operation.path.split('/').filter(Boolean)) {
			const name = /^\{(.+)\}$/.exec(segment)?.[1];
			if (name === undefined) {
				const next = branch.literals.get(segment) ?? emptyBranch();
				branch.literals.set(segment, next);
				branch = next;
			} else {
				names.push(name);
				branch.parameter ??= { name, branch: emptyBranch() };
				branch = branch.parameter.branch;
			}
		}
		branch.operations.set(operation.method, { operation, names });
	}

	#find(
		branch: Branch,
		method: string,
		segments: readonly string[],
		index: number,
		values: string[]
	): { operation: Operation; names: string[]; values: string[] } | null {
		const segment = segments[index];
		if (segment === undefined) {
			const entry = branch.operations.get(method);
			return entry ? { ...entry, values } : null;
		}
		const literal = branch.literals.get(segment);
		const found = literal ? this.#find(literal, method, segments, index + 1, values) : null;
		if (found || !branch.parameter) return found;
		return this.#find(branch.parameter.branch, method, segments, index + 1, [...values, segment]);
	}
}

function emptyBranch(): Branch {
	return { literals: new Map(), parameter: null, operations: new Map() };
}

function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		// A stray % is part of the value then, as browsers treat it.
		return segment;
	}
}
