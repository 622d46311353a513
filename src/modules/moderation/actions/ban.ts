import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import type { ModerationDiscord } from '../ports.js';
import type { CaseRepository } from '../repository/cases.js';

type Bans = Pick<ModerationDiscord, 'isBanned' | 'ban' | 'unban'>;

/**
 * Keeps somebody out, for good or for a time. `details.deleteSeconds`: how much of what he wrote goes. Who is banned for a time may be
 * banned for another one, or with `details.forGood`; that later case is marked by `prolongs`.
 */
export function banAction(discord: Bans, cases: Pick<CaseRepository, 'running'>): Action {
	return {
		type: 'ban',
		module: 'moderation',
		aim: 'user',
		botPermission: PermissionFlagsBits.BanMembers,
		isHarmful: true,
		tells: 'before',
		isLogged: true,
		closes: { types: ['ban'], as: 'superseded' },
		undo: 'unban',
		command: 'moderation.ban',
		async check({ guildId, target }, { durationMs, details }) {
			// A member cannot be banned already.
			if (target?.inServer !== false || !(await discord.isBanned(guildId, target.id))) return accept({});
			const running = await cases.running(guildId, target.id, 'ban');
			const isForTime = running !== null && running.expiresAt !== null;
			if (isForTime && (durationMs !== null || details['forGood'] === true)) return accept({ prolongs: running.number });
			return refuse('already-banned', { user: target.username });
		},
		isDone: async ({ guildId }, { targetId }) => targetId !== null && (await discord.isBanned(guildId, targetId)),
		async do({ guildId, target }, { details }, reason) {
			if (target === null) return;
			const { deleteSeconds } = details;
			await discord.ban(guildId, target.id, typeof deleteSeconds === 'number' ? deleteSeconds : 0, reason);
		}
	};
}

/** Lets somebody back in. */
export function unbanAction(discord: Bans): Action {
	return {
		type: 'unban',
		module: 'moderation',
		aim: 'user',
		botPermission: PermissionFlagsBits.BanMembers,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: ['ban'], as: 'undone' },
		undo: null,
		command: 'moderation.unban',
		async check({ guildId, target }) {
			if (target === null || target.inServer || !(await discord.isBanned(guildId, target.id)))
				return refuse('not-banned', { user: target?.username ?? '' });
			return accept({});
		},
		isDone: async ({ guildId }, { targetId }) => targetId !== null && !(await discord.isBanned(guildId, targetId)),
		async do({ guildId, target }, _order, reason) {
			if (target !== null) await discord.unban(guildId, target.id, reason);
		}
	};
}
