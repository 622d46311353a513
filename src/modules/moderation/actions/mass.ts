import type { Action } from '../action.js';

/** Work on many people: done by its job, whose end writes the one case of it. */
function massAction(type: string): Action {
	return {
		type,
		module: 'moderation',
		aim: 'none',
		botPermission: 0n,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: `moderation.${type}`,
		isDone: () => true,
		do: async () => undefined
	};
}

export const massActions: readonly Action[] = ['massban', 'unbanall', 'untimeoutall'].map(massAction);
