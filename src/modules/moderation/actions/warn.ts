import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';

/** Nothing happens in Discord: the case is all of it. */
const onPaper = {
	botPermission: 0n,
	closes: { types: [], as: 'superseded' },
	undo: null,
	isDone: () => true,
	do: async () => undefined
} as const;

/** Tells somebody that he did wrong, and remembers it. */
export function warnAction(record?: Action['record']): Action {
	return {
		...onPaper,
		type: 'warn',
		module: 'moderation',
		aim: 'member',
		isHarmful: true,
		tells: 'after',
		isLogged: true,
		command: 'moderation.warn',
		...(record && { record })
	};
}

/** Something that staff should know of somebody; he is never told, and it is not shown in the log channel. */
export const noteAction: Action = {
	...onPaper,
	type: 'note',
	module: 'moderation',
	// About anybody, also about who stands above: it is a thing among staff.
	aim: 'none',
	isHarmful: false,
	tells: 'never',
	isLogged: false,
	command: 'moderation.note-add',
	check: ({ target }) => (target === null ? refuse('nobody') : accept({}))
};
