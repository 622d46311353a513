import { isRecord, type Schema } from './types.js';

/** Keywords whose values are maps from names to schemas, so that a property called `enum` is not taken for the keyword. */
const mapsOfSchemas = new Set(['properties', 'patternProperties', '$defs', 'dependentSchemas']);

/** Names under which the description says "integer" while Discord takes, and every client sends, a string of digits. */
const permissionNames = new Set(['permissions', 'allow', 'deny', 'default_member_permissions']);

// https://discord.com/developers/docs/reference#error-messages
const fieldErrors: Schema = {
	type: 'array',
	items: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } }, required: ['code', 'message'] }
};

/**
 * Makes the official schemas usable for a validator. Six things are changed:
 * - an empty `enum` (two of them exist) would refuse everything and is no valid schema: dropped;
 * - `oneOf` of constants becomes `enum`, and any other `oneOf` becomes `anyOf`: the branches of the description overlap
 *   because none of them is closed, so "exactly one" would refuse good payloads;
 * - permission bit fields given as integers also take strings of digits;
 * - binary parts of multipart forms are not required: the server hands the checker the fields, not the bytes.
 * - an integer without a maximum has that of JSON in JavaScript: 1e300 is whole, and no flag or position;
 * - errors of fields (`_errors`) have codes in words, as every page of the documentation shows; the description says integers.
 * `#/components/schemas/X` becomes the name `X`, under which each schema is registered.
 */
export function normaliseSchema(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(normaliseSchema);
	if (!isRecord(value)) return value;

	const result: Schema = {};
	for (const [keyword, inner] of Object.entries(value)) {
		if (keyword === 'enum' && Array.isArray(inner) && inner.length === 0) continue;
		if (keyword === 'description' || keyword === 'title' || keyword === 'example') continue;
		if (keyword === '$ref' && typeof inner === 'string') result.$ref = inner.replace('#/components/schemas/', '');
		else if (keyword === 'oneOf' && Array.isArray(inner)) Object.assign(result, alternatives(inner, value));
		else if (keyword === 'properties' && isRecord(inner)) result.properties = normaliseProperties(inner);
		else if (mapsOfSchemas.has(keyword) && isRecord(inner)) result[keyword] = mapValues(inner, normaliseSchema);
		else result[keyword] = normaliseSchema(inner);
	}
	return withoutBinaryRequired(withoutLostDigits(result));
}

function withoutLostDigits(schema: Schema): Schema {
	const types = [schema.type].flat();
	return types.includes('integer') && schema.maximum === undefined ? { ...schema, maximum: Number.MAX_SAFE_INTEGER } : schema;
}

function alternatives(branches: unknown[], owner: Schema): Schema {
	const constants = branches.flatMap((branch) => (isRecord(branch) && 'const' in branch ? [branch.const] : []));
	if (constants.length === branches.length && !('enum' in owner)) return { enum: constants };
	return { anyOf: branches.map(normaliseSchema) };
}

function normaliseProperties(properties: Schema): Schema {
	return Object.fromEntries(
		Object.entries(properties).map(([name, schema]) => {
			if (name === '_errors') return [name, fieldErrors];
			const normalised = normaliseSchema(schema);
			return [name, permissionNames.has(name) ? takingDigits(normalised) : normalised];
		})
	);
}

function takingDigits(schema: unknown): unknown {
	if (!isRecord(schema)) return schema;
	const types = Array.isArray(schema.type) ? schema.type : [schema.type];
	if (!types.includes('integer')) return schema;
	return { ...schema, type: [...types, 'string'], pattern: '^[0-9]{1,20}$', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
}

function withoutBinaryRequired(schema: Schema): Schema {
	if (!isRecord(schema.properties) || !Array.isArray(schema.required)) return schema;
	const { properties } = schema;
	const isBinary = (name: unknown) => {
		const property = typeof name === 'string' ? properties[name] : null;
		return isRecord(property) && property.contentEncoding === 'binary';
	};
	return { ...schema, required: schema.required.filter((name) => !isBinary(name)) };
}

function mapValues(map: Schema, change: (value: unknown) => unknown): Schema {
	return Object.fromEntries(Object.entries(map).map(([name, inner]) => [name, change(inner)]));
}
