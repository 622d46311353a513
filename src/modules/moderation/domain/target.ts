import type { Target } from './situation.js';

/** Somebody who is not in the server, of whom nothing is known but his id. */
export function strangerOf(
	id: string,
	user: { readonly username: string; readonly isBot: boolean } = { username: id, isBot: false }
): Target {
	return {
		...{ id, ...user, inServer: false, topRole: null, roleIds: [], isAdministrator: false },
		...{ timedOutUntil: null, nickname: null, joinedAt: null, boosts: false, voice: null }
	};
}
