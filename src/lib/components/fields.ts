/** One part of a custom id. `read` answers undefined for what `write` would never have written. */
export interface Field<T> {
	write(value: T): string;
	read(text: string): T | undefined;
	/** What ids that were posted before this field was appended stand for. */
	readonly missing?: T;
}

const largestSnowflake = 2n ** 64n - 1n;

/** A whole number. */
const int: Field<number> = {
	write(value) {
		if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number.`);
		return value.toString(36);
	},
	read(text) {
		if (!/^-?[0-9a-z]{1,11}$/.test(text)) return undefined;
		const value = Number.parseInt(text, 36);
		return Number.isSafeInteger(value) && value.toString(36) === text ? value : undefined;
	}
};

/** An id of Discord: decimal outside, base 36 inside, which saves a third of its length. */
const snowflake: Field<string> = {
	write(value) {
		if (!/^\d{1,20}$/.test(value)) throw new RangeError(`"${value}" is not an id.`);
		return BigInt(value).toString(36);
	},
	read(text) {
		if (!/^[0-9a-z]{1,13}$/.test(text)) return undefined;
		let value = 0n;
		for (const digit of text) value = value * 36n + BigInt(Number.parseInt(digit, 36));
		return value <= largestSnowflake && value.toString(36) === text ? value.toString() : undefined;
	}
};

/** A short word made by us, such as a nonce. Never what a person wrote. */
const token: Field<string> = {
	write(value) {
		if (!/^[\w-]{1,40}$/.test(value)) throw new RangeError(`"${value}" is not a token.`);
		return value;
	},
	read: (text) => (/^[\w-]{1,40}$/.test(text) ? text : undefined)
};

function oneOf<const T extends string>(...choices: readonly T[]): Field<T> {
	const known: ReadonlySet<string> = new Set(choices);
	return {
		write(value) {
			if (!known.has(value) || value.includes(':')) throw new RangeError(`"${value}" is none of ${choices.join(', ')}.`);
			return value;
		},
		read: (text) => choices.find((choice) => choice === text)
	};
}

/** A field that was appended later: ids posted before it stand for `missing`. */
function appended<T>(inner: Field<T>, missing: T): Field<T> {
	return { ...inner, missing };
}

export const field = { int, snowflake, token, oneOf, appended } as const;
