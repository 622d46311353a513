import type { Discord } from '../discord.js';
import type { Session } from './session.js';

/** Forgets a session: it can no longer be resumed. */
export function endSession(discord: Discord, session: Session): void {
	session.dead = true;
	discord.dispatcher.sessions.delete(session);
}

/** Finds a session that may be resumed. */
export function findSession(discord: Discord, id: string): Session | null {
	for (const session of discord.dispatcher.sessions) if (session.id === id) return session;
	return null;
}
