import { defersAfterMs } from '#lib/discord/limits.js';
import type { ComponentInteraction } from './componentHandler.js';
import { LateAnswers } from './lateAnswers.js';

/**
 * Does the work of a press and defers by itself when that takes long, so that Discord does not say "interaction failed".
 *
 * The handler need not care: `reply`, `update`, `editReply` and the others of this interaction mean afterwards what they mean
 * elsewhere. A form alone cannot be opened that late: that is refused in a sentence.
 */
export async function deferringWhenSlow(interaction: ComponentInteraction, work: () => Promise<void>): Promise<void> {
	const answers = new LateAnswers(interaction);
	Object.assign(interaction, answers.methods());
	const timer = setTimeout(() => void answers.defer(), defersAfterMs);
	try {
		await work();
	} finally {
		clearTimeout(timer);
		// Whoever shows an error must see whether it is deferred.
		await answers.settled();
	}
}
