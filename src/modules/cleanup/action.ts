import type { Action } from '#modules/moderation/index.js';
import type { Cleanup } from './service.js';

/** Deletes messages that were chosen before (`details.ids`), or takes their reactions (`details.reactions`). */
export function purgeAction(cleanup: Pick<Cleanup, 'delete' | 'clearReactions'>): Action {
	return {
		type: 'purge',
		module: 'cleanup',
		aim: 'channel',
		// Asked in the channel, where an overwrite may give or take it: by the guard of the command.
		botPermission: 0n,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'cleanup.purge',
		// Deleting what is gone does nothing: cut short, it is simply done again.
		isDone: () => false,
		async do(_situation, { channelId, details }, reason) {
			const ids = Array.isArray(details['ids']) ? details['ids'].map(String) : [];
			if (channelId === null || ids.length === 0) return;
			if (details['reactions'] === true) await cleanup.clearReactions(channelId, ids);
			else await cleanup.delete(channelId, ids, reason);
		}
	};
}
