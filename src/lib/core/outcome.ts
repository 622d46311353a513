/** Values that a refusal's sentence needs, by the names used in the language file. */
export type SentenceValues = Readonly<Record<string, string | number>>;

/** What a use case answers: a value, or a refusal by a code that the module's language file turns into a sentence. */
export type Outcome<T, Code extends string = string> = Accepted<T> | Refused<Code>;

export interface Accepted<T> {
	readonly ok: true;
	readonly value: T;
}

export interface Refused<Code extends string = string> {
	readonly ok: false;
	readonly code: Code;
	readonly values?: SentenceValues;
}

export function accept<T>(value: T): Accepted<T> {
	return { ok: true, value };
}

/** `code` is a key below `refusals` in the module's language file. */
export function refuse<Code extends string>(code: Code, values?: SentenceValues): Refused<Code> {
	return values === undefined ? { ok: false, code } : { ok: false, code, values };
}
