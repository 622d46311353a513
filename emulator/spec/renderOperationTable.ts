import type { DescribedOperation } from './document.js';
import { isRecord } from './types.js';

const head = `import type { Operation } from './types.js';

// Made by \`npm run discord:operations\` from Discord's official description. Names of bodies: \`A|B\` alternatives, \`A[]\` a list.

/** An operation with the names of its bodies; null is a body the description gives no name. */
export interface NamedOperation extends Operation {
	request: string | null;
	responses: Readonly<Record<number, string | null>>;
}

type Row = readonly [NamedOperation['method'], string, string, string | null, Readonly<Record<number, string | null>>];

// biome-ignore format: one operation a line
const rows: readonly Row[] = [
`;

const tail = `];

export const namedOperations: readonly NamedOperation[] = rows.map(([method, path, id, request, responses]) => ({
	id,
	method,
	path,
	request,
	responses,
	successStatuses: Object.keys(responses).map(Number)
}));
`;

/** The source of operationTable.ts: what a clone without the official description knows of the operations. */
export function renderOperationTable(operations: readonly DescribedOperation[]): string {
	const lines = operations.map(({ method, path, id, requestSchema, responseSchemas, successStatuses }) => {
		const responses = successStatuses.map((status) => `${status}: ${quote(nameOf(responseSchemas.get(String(status))))}`);
		return `\t[${quote(method)}, ${quote(path)}, ${quote(id)}, ${quote(nameOf(requestSchema))}, { ${responses.join(', ')} }]`;
	});
	return `${head}${lines.join(',\n')}\n${tail}`;
}

function nameOf(schema: unknown): string | null {
	if (!isRecord(schema)) return null;
	if (typeof schema.$ref === 'string') return schema.$ref;
	const item = nameOf(schema.items);
	if (item !== null && !item.includes('|')) return `${item}[]`;
	if (!Array.isArray(schema.anyOf)) return null;
	const names = schema.anyOf.map(nameOf);
	return names.every((name) => name !== null) ? names.join('|') : null;
}

function quote(value: string | null): string {
	return value === null ? 'null' : `'${value}'`;
}
