import type { Discord } from '../discord.js';
import type { JsonObject } from '../state/types.js';
import type { Connection } from './connection.js';
import { accountOf } from './identify.js';
import { endSession, findSession } from './sessions.js';

/** RESUME: replays what the client missed, or answers op 9 when that is no longer possible. */
export function resume(discord: Discord, connection: Connection, data: JsonObject): void {
	const account = accountOf(discord, data['token']);
	if (account === null) {
		connection.close(4004, 'Authentication failed.');
		return;
	}
	const session = findSession(discord, String(data['session_id']));
	if (session === null || session.account !== account || discord.refuseResume) {
		if (session !== null) endSession(discord, session);
		connection.op(9, false);
		return;
	}
	const { seq } = data;
	const missed = typeof seq === 'number' && seq >= 0 ? session.after(seq) : null;
	if (missed === null) {
		endSession(discord, session);
		connection.close(4007, 'Invalid seq.');
		return;
	}
	session.connection?.close(4000, 'Resumed elsewhere.');
	session.connection = connection;
	connection.session = session;
	for (const frame of missed) connection.send(frame);
	discord.resumes.push({ at: discord.world.clock.now(), sessionId: session.id, replayed: missed.length });
	session.dispatch('RESUMED', JSON.stringify({ _trace: ['["emulator"]'] }));
}
