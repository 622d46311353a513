import type { ApiDocument, ParameterDescription } from './document.js';
import { isRecord } from './types.js';

/** A query's text as the JSON value its schema speaks of: `"50"` → 50, `"true"` → true. Text that does not fit stays text. */
export function coerce(document: ApiDocument, parameter: ParameterDescription, value: string | readonly string[]): unknown {
	const schema = resolved(document, parameter.schema);
	if (schema.type === 'array') {
		const items = isRecord(schema.items) ? resolved(document, schema.items) : {};
		return (typeof value === 'string' ? [value] : value).map((item) => coerceText(items.type, item));
	}
	if (typeof value !== 'string') return value.length === 1 ? coerceText(schema.type, value[0] ?? '') : [...value];
	return coerceText(schema.type, value);
}

function coerceText(type: unknown, text: string): unknown {
	const types = Array.isArray(type) ? type : [type];
	if (types.includes('integer') || types.includes('number')) return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
	if (types.includes('boolean')) {
		if (/^(?:true|1)$/i.test(text)) return true;
		if (/^(?:false|0)$/i.test(text)) return false;
	}
	return text;
}

function resolved(document: ApiDocument, schema: unknown): Record<string, unknown> {
	if (!isRecord(schema)) return {};
	if (typeof schema.$ref === 'string') return resolved(document, document.schemas.get(schema.$ref));
	return schema;
}
