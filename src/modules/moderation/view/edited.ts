import { markup } from '#lib/core/markdown.js';
import { relativeTime, timestamp } from '#lib/discord/format.js';
import type { Values } from '#lib/i18n/interpolate.js';
import type { Edited } from '../repository/caseEdits.js';

const shownNumbers = 20;

/** For the sentence that cases have another reason now. */
export function editedValues(edited: readonly Edited[], reason: string): Values {
	const numbers = edited.slice(0, shownNumbers).map(({ number }) => `#${number}`);
	const list = edited.length > shownNumbers ? [...numbers, '…'] : numbers;
	return { count: edited.length, numbers: markup(list.join(', ')), reason };
}

/** For the sentence that a case ends at another time now. */
export function endValues(number: number, { endsAt, before }: { readonly endsAt: number; readonly before: number | null }): Values {
	return {
		number,
		when: markup(`${timestamp(endsAt)} (${relativeTime(endsAt)})`),
		before: markup(before === null ? '–' : timestamp(before))
	};
}
