import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { ApiDocument } from './document.js';
import { addFormats } from './formats.js';
import { partsMeant } from './meant.js';
import { type FieldFault, inDiscordsWords } from './words.js';

export interface Fault {
	at: string;
	message: string;
	/** The same as Discord says it. */
	told: FieldFault;
}

const mostFaults = 5;

/**
 * Compiles a schema when it is first needed. The quick validator stops at the first fault; only a payload that failed
 * is judged a second time by a thorough one, so that good traffic pays for no error texts.
 */
export class Validators {
	readonly #quick: Ajv2020;
	#thorough: Ajv2020 | null = null;

	public constructor(private readonly document: ApiDocument) {
		this.#quick = this.#create(false);
	}

	/** Faults of `data`, the deepest (and so most telling) ones first; empty when it is as described. */
	public check(schema: unknown, data: unknown): Fault[] {
		if (!isSchema(schema)) return [];
		if (compile(this.#quick, schema)(data)) return [];
		this.#thorough ??= this.#create(true);
		return telling(this.#errors(this.#thorough, schema, data));
	}

	/** What is wrong, of each part that says of which kind it is by the schema of that kind. */
	#errors(ajv: Ajv2020, schema: object, data: unknown): ErrorObject[] {
		const validate = compile(ajv, schema);
		if (validate(data)) return [];
		const own = validate.errors ?? [];
		const parts = partsMeant(schema, data, (inner) => this.#resolved(inner));
		const others = own.filter(({ instancePath }) => !parts.some(({ at }) => `${instancePath}/`.startsWith(`${at}/`)));
		const inner = parts.flatMap((part) =>
			(isSchema(part.schema) ? this.#errors(ajv, part.schema, part.data) : []).map((error) => ({
				...error,
				instancePath: part.at + error.instancePath
			}))
		);
		return others.length + inner.length > 0 ? [...others, ...inner] : own;
	}

	#resolved(schema: unknown): unknown {
		const isReference = isSchema(schema) && '$ref' in schema;
		return isReference ? this.#resolved(this.document.schemas.get(String(schema.$ref))) : schema;
	}

	#create(allErrors: boolean): Ajv2020 {
		const ajv = new Ajv2020({
			...{ strict: false, validateSchema: false, allErrors, validateFormats: true, verbose: allErrors, logger: false },
			// Most schemas are used a few times in one run: making the functions costs more than what Ajv would save in them.
			...{ inlineRefs: false, code: { optimize: false } }
		});
		addFormats(ajv);
		for (const [name, schema] of this.document.schemas) if (isSchema(schema)) ajv.addSchema(schema, name);
		return ajv;
	}
}

// Ajv keeps compiled functions by the identity of the schema object, so this is a lookup after the first call.
function compile(ajv: Ajv2020, schema: object): ValidateFunction {
	return ajv.compile(schema);
}

function isSchema(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/**
 * Picks the errors worth reading. A payload of many alternatives fails in each of them: the alternative that was meant
 * is the one that got furthest, so the deepest errors are kept, and those that only say "is not another kind" go.
 */
function telling(errors: readonly ErrorObject[]): Fault[] {
	const isNoise = ({ keyword, params }: ErrorObject) => keyword === 'anyOf' || (keyword === 'type' && params.type === 'null');
	const depth = (error: ErrorObject) => error.instancePath.split('/').length;
	const useful = errors.filter((error) => !isNoise(error));
	const kept = useful.length > 0 ? useful : errors;
	const deepest = Math.max(...kept.map(depth));
	const isKind = ({ instancePath, keyword }: ErrorObject) => instancePath.endsWith('/type') && (keyword === 'enum' || keyword === 'const');
	const deep = kept.filter((error) => depth(error) === deepest);
	const exact = deep.some((error) => !isKind(error)) ? deep.filter((error) => !isKind(error)) : deep;
	// A snowflake has a pattern and a format: one of the two says it.
	const patterns = new Set(exact.filter(({ keyword }) => keyword === 'pattern').map(({ instancePath }) => instancePath));
	const said = exact.filter(({ keyword, instancePath }) => keyword !== 'format' || !patterns.has(instancePath));
	const faults = said.map((error) => ({
		at: error.instancePath,
		message: `${error.message ?? error.keyword}${detail(error)}`,
		told: inDiscordsWords(error)
	}));
	const unique = new Map(faults.map((fault) => [`${fault.at} ${fault.message}`, fault]));
	return [...unique.values()].slice(0, mostFaults);
}

function detail({ keyword, params }: ErrorObject): string {
	if (keyword === 'enum') return ` (${JSON.stringify(params.allowedValues).slice(0, 120)})`;
	return keyword === 'const' ? ` (${JSON.stringify(params.allowedValue)})` : '';
}
