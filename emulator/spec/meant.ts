import { isRecord } from './types.js';

/** A part of a payload that is of one kind among several, with the schema of that kind. */
export interface Meant {
	at: string;
	schema: unknown;
	data: unknown;
}

type Resolve = (schema: unknown) => unknown;

/**
 * The parts of `data` that say by their `type` which alternative they are: an answer to an interaction, a component. What is wrong with one is told by the schema of its
 * kind alone, not together with why it is none of the others. What lies within a part is left to it.
 */
export function partsMeant(schema: unknown, data: unknown, resolve: Resolve, at = ''): Meant[] {
	const known = resolve(schema);
	if (!isRecord(known) || typeof data !== 'object' || data === null) return [];
	if (Array.isArray(known.anyOf)) {
		const fitting = known.anyOf.filter((branch) => admits(branch, data, resolve));
		return fitting.length === 1 ? [{ at, schema: fitting[0], data }] : [];
	}
	if (Array.isArray(data)) return data.flatMap((element: unknown, index) => partsMeant(known.items, element, resolve, `${at}/${index}`));
	const fields = isRecord(known.properties) && isRecord(data) ? known.properties : {};
	return Object.entries(data).flatMap(([name, value]) => partsMeant(fields[name], value, resolve, `${at}/${name}`));
}

function admits(branch: unknown, data: object, resolve: Resolve): boolean {
	const known = resolve(branch);
	if (!isRecord(known)) return true;
	if (Array.isArray(known.anyOf)) return known.anyOf.some((inner) => admits(inner, data, resolve));
	if (known.type === 'null' || (known.type === 'array') !== Array.isArray(data)) return known.type === undefined;
	const type = isRecord(known.properties) ? resolve(known.properties.type) : undefined;
	if (!isRecord(type) || !isRecord(data)) return true;
	if ('const' in type) return type.const === data.type;
	return !Array.isArray(type.enum) || type.enum.includes(data.type);
}
