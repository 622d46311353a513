import { leaveGuild } from '../actions/members.js';
import { leaveVoice } from '../actions/voice.js';
import type { Discord } from '../discord.js';
import type { Snowflake } from '../state/types.js';
import type { Session } from './session.js';

/** Forgets a session: it can no longer be resumed. */
export function endSession(discord: Discord, session: Session): void {
	session.dead = true;
	if (!discord.dispatcher.sessions.delete(session)) return;
	hangUp(discord, session);
	expelTemporary(discord, session.account.user.id);
}

/** Voice that was joined through a session ends with it. */
function hangUp(discord: Discord, session: Session): void {
	const userId = session.account.user.id;
	for (const guild of discord.world.guilds.values()) {
		if (guild.voiceStates.get(userId)?.session_id === session.id) leaveVoice(discord, guild, userId);
	}
}

/** Who came by a temporary invite is out with his last session, unless somebody gave him a role. https://discord.com/developers/docs/resources/invite#invite-metadata-object */
function expelTemporary(discord: Discord, userId: Snowflake): void {
	for (const other of discord.dispatcher.sessions) if (other.account.user.id === userId) return;
	for (const guild of discord.world.guilds.values()) {
		if (!guild.temporaryMembers.has(userId) || guild.members.get(userId)?.roles.length !== 0) continue;
		leaveGuild(discord, guild, userId);
	}
}

/** Finds a session that may be resumed. */
export function findSession(discord: Discord, id: string): Session | null {
	for (const session of discord.dispatcher.sessions) if (session.id === id) return session;
	return null;
}
