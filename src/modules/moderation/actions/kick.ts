import { PermissionFlagsBits } from 'discord.js';
import type { Action } from '../action.js';
import type { ModerationDiscord } from '../ports.js';

/** Puts somebody out; he may come back. */
export function kickAction(discord: Pick<ModerationDiscord, 'kick'>): Action {
	return {
		type: 'kick',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.KickMembers,
		isHarmful: true,
		tells: 'before',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.kick',
		// Who came after the order was put out by it.
		isDone: ({ target }, { at }) => target === null || !target.inServer || (target.joinedAt ?? 0) > at,
		async do({ guildId, target }, _order, reason) {
			if (target !== null) await discord.kick(guildId, target.id, reason);
		}
	};
}
