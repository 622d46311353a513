import pg from 'pg';

/** A statement on its way to the database. */
export interface Statement {
	/** The name in its leading comment, such as timers in a statement that begins with it; `bot` where there is none. */
	readonly label: string;
	readonly text: string;
}

export interface Watch {
	/** Why no session may be opened now; undefined when it may. */
	readonly gate: () => Error | undefined;
	readonly onOpen: (client: pg.Client) => void;
	readonly onStatement: (statement: Statement) => void;
	/** A session broke, could not be opened, or a statement on it failed. */
	readonly onError: (error: unknown) => void;
}

/** The pool's sessions, each of which tells what it is asked and when it breaks. */
export function watchedClient({ gate, onOpen, onStatement, onError }: Watch): typeof pg.Client {
	return class extends pg.Client {
		public constructor(config?: string | pg.ClientConfig) {
			super(config);
			onOpen(this);
			this.on('error', onError);
			const { query, connect } = this;
			Object.assign(this, {
				query: (...parameters: unknown[]): unknown => {
					const text = textOf(parameters[0]);
					if (text !== undefined) onStatement({ label: labelOf(text), text });
					return Reflect.apply(query, this, observed(parameters, onError));
				},
				connect: (callback?: (error?: Error) => void): unknown => {
					const closed = gate();
					if (closed === undefined) return Reflect.apply(connect, this, observed(callback ? [callback] : [], onError));
					if (callback === undefined) return Promise.reject(closed);
					process.nextTick(callback, closed);
					return undefined;
				}
			});
		}
	};
}

/** The pool hands over callbacks, transactions take promises: a promise's rejection comes back through the adapter anyway. */
function observed(parameters: unknown[], onError: (error: unknown) => void): unknown[] {
	const last = parameters.at(-1);
	if (typeof last !== 'function') return parameters;
	const callback = (...results: unknown[]): unknown => {
		if (results[0] !== undefined && results[0] !== null) onError(results[0]);
		return Reflect.apply(last, undefined, results);
	};
	return [...parameters.slice(0, -1), callback];
}

function textOf(query: unknown): string | undefined {
	if (typeof query === 'string') return query;
	if (typeof query === 'object' && query !== null && 'text' in query && typeof query.text === 'string') return query.text;
	return undefined;
}

function labelOf(text: string): string {
	return /^\s*\/\* ([\w-]+) \*\//.exec(text)?.[1] ?? 'bot';
}
