import { limits } from '#lib/discord/limits.js';
import type { Field } from './fields.js';

export { field } from './fields.js';

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type ValuesOf<F extends Fields> = { readonly [Name in keyof F]: F[Name] extends Field<infer T> ? T : never };

/** `foreign`: of another definition. `outdated`: of a version that nobody reads any more. `malformed`: mine, but never written so. */
export type Decoded<V> = { readonly ok: true; readonly values: V } | Undecoded;
export interface Undecoded {
	readonly ok: false;
	readonly code: 'foreign' | 'outdated' | 'malformed';
}

/** What reads a custom id back. The id is a claim by the client: look the thing up and ask whether this person may. */
export interface CustomIdReader<V> {
	readonly name: string;
	decode(customId: string): Decoded<V>;
}

export interface CustomId<V> extends CustomIdReader<V> {
	/** Throws when the id would be longer than Discord takes. */
	encode(values: V): string;
}

/** What an id carries. */
export type ValuesOfId<T> = T extends CustomIdReader<infer V> ? V : never;

/** Reads the parts of an older version and says what they mean today; undefined when they were never written so. */
export type OlderVersion<V> = (parts: readonly string[]) => V | undefined;

const registered = new Map<string, CustomIdReader<unknown>>();

/** Every id that somebody can press, by its name. */
export function customIds(): ReadonlyMap<string, CustomIdReader<unknown>> {
	return registered;
}

/** Puts an id on the list; two of one name would both answer one press. */
export function register<T extends CustomIdReader<unknown>>(id: T): T {
	if (registered.has(id.name)) throw new Error(`Two custom ids are named "${id.name}".`);
	registered.set(id.name, id);
	return id;
}

/**
 * A typed custom id: `<name>:<part>:<part>`, from version 2 on `<name>~<version>:…`.
 *
 * Posted ids never die. Fields are only appended, by `field.appended`; any other change raises the version, and `older` goes on
 * reading the versions that still hang on messages.
 */
export function defineCustomId<const F extends Fields>(
	name: string,
	version: number,
	fields: F,
	older: Readonly<Record<number, OlderVersion<ValuesOf<F>>>> = {}
): CustomId<ValuesOf<F>> {
	if (!/^[a-z][\w-]*(\.[\w-]+)*$/i.test(name)) throw new Error(`"${name}" cannot be the name of a custom id.`);
	const head = headOf(name, version);
	return register({
		name,
		encode(values) {
			const given: Readonly<Record<string, unknown>> = values;
			const customId = [head, ...Object.entries(fields).map(([key, field]) => field.write(given[key]))].join(':');
			if (customId.length > limits.customId) throw new RangeError(`The custom id "${customId}" is longer than ${limits.customId}.`);
			return customId;
		},
		decode(customId) {
			const [found = '', ...parts] = customId.split(':');
			if (found === head) return decoded(readFields(fields, parts));
			const [ownName, posted] = found.split('~', 2);
			if (ownName !== name || headOf(name, Number(posted ?? 1)) !== found)
				return { ok: false, code: ownName === name ? 'malformed' : 'foreign' };
			const read = older[Number(posted ?? 1)];
			if (read !== undefined) return decoded(read(parts));
			return { ok: false, code: Number(posted ?? 1) < version ? 'outdated' : 'malformed' };
		}
	});
}

function headOf(name: string, version: number): string {
	return version === 1 ? name : `${name}~${version}`;
}

function decoded<V>(values: V | undefined): Decoded<V> {
	return values === undefined ? { ok: false, code: 'malformed' } : { ok: true, values };
}

/** The values of the parts; undefined when a part is wrong, missing without a stand-in, or too many. */
export function readFields<F extends Fields>(fields: F, parts: readonly string[]): ValuesOf<F> | undefined {
	const entries = Object.entries(fields);
	if (parts.length > entries.length) return undefined;
	const values: Record<string, unknown> = {};
	for (const [index, [key, field]] of entries.entries()) {
		const part = parts[index];
		const value = part === undefined ? field.missing : field.read(part);
		if (value === undefined) return undefined;
		values[key] = value;
	}
	return values as ValuesOf<F>;
}
