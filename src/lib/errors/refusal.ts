import { UserError } from '@sapphire/framework';
import type { SentenceValues } from '#lib/core/outcome.js';

/** What the error renderer needs to know of a refusal. */
export interface RefusalContext {
	readonly module: string;
	readonly code: string;
	readonly values: SentenceValues;
	/** Say nothing at all (a second notice within one cooldown window). */
	readonly silent: boolean;
}

/**
 * A refusal on its way to the person: thrown by pieces, rendered in one place.
 *
 * Its sentence is `<module>:refusals.<code>` of the language files.
 */
export class Refusal extends UserError {
	public override readonly context: RefusalContext;

	public constructor(context: RefusalContext) {
		super({ identifier: `${context.module}.${context.code}`, context });
		this.context = context;
	}
}

export function refusal(module: string, code: string, values: SentenceValues = {}): Refusal {
	return new Refusal({ module, code, values, silent: false });
}
