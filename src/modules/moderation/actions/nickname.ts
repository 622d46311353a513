import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action } from '../action.js';
import type { ModerationDiscord } from '../ports.js';

/** Discord: a nickname has 32 characters at most. */
export const longestNickname = 32;

/** Gives somebody another name in this server: `details.nickname`, or null for his own. */
export function nicknameAction(discord: Pick<ModerationDiscord, 'setNickname'>): Action {
	return {
		type: 'nickname',
		module: 'moderation',
		aim: 'member',
		botPermission: PermissionFlagsBits.ManageNicknames,
		isHarmful: false,
		tells: 'never',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.nickname',
		check({ target }, { details: { nickname } }) {
			if (typeof nickname === 'string' && nickname.length > longestNickname) return refuse('nickname-too-long', { max: longestNickname });
			if (target !== null && target.nickname === nickname) {
				return nickname === null
					? refuse('no-nickname', { user: target.username })
					: refuse('nickname-same', { user: target.username, given: target.nickname ?? '' });
			}
			return accept({ before: target?.nickname ?? null });
		},
		isDone: ({ target }, { details: { nickname } }) => target === null || target.nickname === nickname,
		async do({ guildId, target }, { details: { nickname } }, reason) {
			if (target !== null) await discord.setNickname(guildId, target.id, typeof nickname === 'string' ? nickname : null, reason);
		}
	};
}
