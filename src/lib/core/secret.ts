const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** A value that must not be printed: logging, joining or serialising it gives `[secret]`. */
export class Secret {
	readonly #value: string;

	public constructor(value: string) {
		this.#value = value;
	}

	/** The value itself. Only for the one place that uses it. */
	public reveal(): string {
		return this.#value;
	}

	public toString(): string {
		return '[secret]';
	}

	public toJSON(): string {
		return '[secret]';
	}

	public [inspectCustom](): string {
		return '[secret]';
	}
}
