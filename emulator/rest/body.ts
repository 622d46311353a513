import { idFault } from '../state/snowflakes.js';
import type { Json, JsonObject } from '../state/types.js';
import { invalidBody } from './errors.js';

interface Fault {
	code: string;
	message: string;
}

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Characters are code points, not UTF-16 units; they are counted only where that makes a difference. */
export function isWithin(text: string, min: number, max: number): boolean {
	if (text.length <= max && text.length >= min * 2) return true;
	const characters = [...text].length;
	return characters >= min && characters <= max;
}

/**
 * Reads a request's body field by field and collects what is wrong in Discord's own error tree.
 * A field that is absent answers `undefined`; call `done` when all are read.
 */
export class Body {
	readonly #faults: Record<string, Fault[]>;
	readonly fields: JsonObject;

	constructor(
		body: unknown,
		/** Where it lies within another body, such as `permission_overwrites.0.`, whose faults are told with its own. */
		private readonly prefix = '',
		faults: Record<string, Fault[]> = {}
	) {
		this.fields = isObject(body) ? body : {};
		this.#faults = faults;
	}

	has(name: string): boolean {
		return this.fields[name] !== undefined;
	}

	raw(name: string): Json | undefined {
		return this.fields[name];
	}

	string(name: string, min = 0, max = Number.POSITIVE_INFINITY): string | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		const text = typeof value === 'number' ? String(value) : value;
		if (typeof text !== 'string') {
			this.fault(name, 'STRING_TYPE_CONVERT', 'Could not interpret value as string.');
			return undefined;
		}
		if (!isWithin(text, min, max)) {
			this.fault(
				name,
				'BASE_TYPE_BAD_LENGTH',
				max === Number.POSITIVE_INFINITY ? `Must be ${min} or more in length.` : `Must be between ${min} and ${max} in length.`
			);
		}
		return text;
	}

	requiredString(name: string, min = 1, max = Number.POSITIVE_INFINITY): string {
		const value = this.string(name, min, max);
		if (value === undefined) this.fault(name, 'BASE_TYPE_REQUIRED', 'This field is required');
		return value ?? '';
	}

	/** As `string`, but `null` clears. */
	nullableString(name: string, min = 0, max = Number.POSITIVE_INFINITY): string | null | undefined {
		return this.fields[name] === null ? null : this.string(name, min, max);
	}

	integer(name: string, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): number | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		const number = typeof value === 'string' && value !== '' ? Number(value) : value;
		if (typeof number !== 'number' || !Number.isSafeInteger(number)) {
			this.fault(name, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
			return undefined;
		}
		if (number < min) this.fault(name, 'NUMBER_TYPE_MIN', `int value should be greater than or equal to ${min}.`);
		if (number > max) this.fault(name, 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
		return number;
	}

	boolean(name: string): boolean | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (typeof value !== 'boolean') {
			this.fault(name, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
			return undefined;
		}
		return value;
	}

	snowflake(name: string): string | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		const text = String(value);
		const wrong = idFault(text);
		if (wrong === null) return text;
		this.fault(name, wrong.code, wrong.message);
		return undefined;
	}

	/** An id, or `null` where the body clears it. */
	nullableSnowflake(name: string): string | null | undefined {
		return this.fields[name] === null ? null : this.snowflake(name);
	}

	/** Permission bits: a decimal string, or a number as old clients send. */
	permissions(name: string): string | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		const text = String(value);
		if (!/^\d{1,20}$/.test(text)) {
			this.fault(name, 'NUMBER_TYPE_COERCE', `Value "${text}" is not int.`);
			return undefined;
		}
		return text;
	}

	snowflakes(name: string): string[] | undefined {
		const list = this.list(name);
		if (list === undefined) return undefined;
		const ids: string[] = [];
		for (const [index, value] of list.entries()) {
			const text = String(value);
			const wrong = idFault(text);
			if (wrong === null) ids.push(text);
			else this.fault(`${name}.${index}`, wrong.code, wrong.message);
		}
		return ids;
	}

	list(name: string): Json[] | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (!Array.isArray(value)) {
			this.fault(name, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.');
			return undefined;
		}
		return value;
	}

	objects(name: string): JsonObject[] | undefined {
		const list = this.list(name);
		if (list === undefined) return undefined;
		const objects: JsonObject[] = [];
		for (const [index, value] of list.entries()) {
			if (isObject(value)) objects.push(value);
			else this.fault(`${name}.${index}`, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
		}
		return objects;
	}

	/** The objects of a list, to be read like this body; `done` here tells what is wrong in them too. */
	bodies(name: string): Body[] | undefined {
		return this.objects(name)?.map((fields, index) => new Body(fields, `${this.prefix}${name}.${index}.`, this.#faults));
	}

	object(name: string): JsonObject | undefined {
		const value = this.fields[name];
		if (value === undefined || value === null) return undefined;
		if (!isObject(value)) {
			this.fault(name, 'DICT_TYPE_CONVERT', 'Only dictionaries may be used in a DictType');
			return undefined;
		}
		return value;
	}

	fault(path: string, code: string, message: string): void {
		const whole = this.prefix + path;
		const list = this.#faults[whole] ?? [];
		list.push({ code, message });
		this.#faults[whole] = list;
	}

	/** Refuses the request with 50035 if anything was wrong. */
	done(): void {
		if (Object.keys(this.#faults).length > 0) throw invalidBody(this.#faults);
	}
}
