import type { ErrorObject } from 'ajv/dist/2020.js';
import { idFault } from '../state/snowflakes.js';

/** A fault of a field as Discord tells it. https://discord.com/developers/docs/reference#error-messages */
export interface FieldFault {
	/** JSON pointer to the field, one that is missing included. */
	at: string;
	code: string;
	message: string;
	/** The values that were possible, where that is what the fault is about. */
	choices?: readonly unknown[];
}

interface Verbose {
	keyword: string;
	at: string;
	data: unknown;
	params: Readonly<Record<string, unknown>>;
	schema: Readonly<Record<string, unknown>>;
}

export const required = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };

/** What the validator found, in Discord's own codes and sentences. The validator has to be a verbose one. */
export function inDiscordsWords({ keyword, instancePath, params, parentSchema, data }: ErrorObject): FieldFault {
	const error: Verbose = { keyword, at: instancePath, data, params, schema: parentSchema ?? {} };
	if (keyword === 'required') return { at: `${instancePath}/${pointer(String(params.missingProperty))}`, ...required };
	return { at: instancePath, ...(ofLength(error) ?? ofNumber(error) ?? ofChoice(error) ?? ofText(error) ?? ofType(error) ?? unknown) };
}

/** One sentence for each field: alternatives that want different values of it are told together. */
export function together(faults: readonly FieldFault[]): FieldFault[] {
	const choices = new Map<string, unknown[]>();
	for (const { at, choices: own } of faults) if (own) choices.set(at, [...(choices.get(at) ?? []), ...own]);
	const told = faults.map((fault) => (fault.choices ? { at: fault.at, ...oneOf(choices.get(fault.at) ?? []) } : fault));
	return [...new Map(told.map((fault) => [`${fault.at} ${fault.message}`, fault])).values()];
}

type Said = Omit<FieldFault, 'at'>;

const unknown: Said = { code: 'BASE_TYPE_BAD', message: 'This value is not valid here.' };

function ofLength({ keyword, schema }: Verbose): Said | null {
	const kind = /^(?:min|max)(Length|Items)$/.exec(keyword)?.[1];
	if (kind === undefined) return null;
	const [least, most] = [schema[`min${kind}`], schema[`max${kind}`]];
	if (least === undefined) return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${String(most)} or fewer in length.` };
	if (most === undefined) return { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${String(least)} or more in length.` };
	return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be between ${String(least)} and ${String(most)} in length.` };
}

function ofNumber({ keyword, params }: Verbose): Said | null {
	if (keyword === 'maximum')
		return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${String(params.limit)}.` };
	if (keyword === 'minimum')
		return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${String(params.limit)}.` };
	return null;
}

function ofInt32(value: number): Said {
	if (value > 0) return { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${2 ** 31 - 1}.` };
	return { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${-(2 ** 31)}.` };
}

function ofChoice({ keyword, params }: Verbose): Said | null {
	if (keyword === 'const') return oneOf([params.allowedValue]);
	return keyword === 'enum' && Array.isArray(params.allowedValues) ? oneOf(params.allowedValues) : null;
}

/** Written as Discord does, whose lists are those of Python. */
function oneOf(values: readonly unknown[]): Said {
	const choices = [...new Set(values)].filter((value) => value !== null);
	const written = choices.map((value) => (typeof value === 'string' ? `'${value}'` : String(value)));
	return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of (${written.join(', ')}${written.length === 1 ? ',' : ''}).`, choices };
}

function ofText({ keyword, data, params, schema }: Verbose): Said | null {
	if (keyword === 'uniqueItems') return { code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' };
	if (keyword !== 'pattern' && keyword !== 'format') return null;
	if (schema.format === 'snowflake')
		return idFault(String(data)) ?? { code: 'NUMBER_TYPE_COERCE', message: `Value "${String(data)}" is not snowflake.` };
	if (params.format === 'int32') return ofInt32(Number(data));
	if (params.format === 'date-time')
		return { code: 'DATE_TIME_TYPE_PARSE', message: `Could not parse ${String(data)}. Should be ISO8601.` };
	if (params.format === 'uri') return { code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' };
	if (params.pattern === '^[0-9]{1,20}$') return { code: 'NUMBER_TYPE_COERCE', message: `Value "${String(data)}" is not int.` };
	return { code: 'STRING_TYPE_REGEX', message: 'String value did not match validation regex.' };
}

const types: Readonly<Record<string, Said>> = {
	string: { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' },
	boolean: { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' },
	array: { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType.' },
	object: { code: 'DICT_TYPE_CONVERT', message: 'Only dictionaries may be used in a DictType' }
};

function ofType({ keyword, params, data }: Verbose): Said | null {
	if (keyword !== 'type') return null;
	const wanted = [params.type].flat().find((type) => type !== 'null');
	if (data === null || data === undefined) return required;
	if (wanted === 'integer' || wanted === 'number') {
		return { code: 'NUMBER_TYPE_COERCE', message: `Value "${String(data)}" is not ${wanted === 'integer' ? 'int' : 'float'}.` };
	}
	return types[String(wanted)] ?? null;
}

function pointer(name: string): string {
	return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
