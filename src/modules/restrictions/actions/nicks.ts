import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action, ModerationDiscord, Veto } from '#modules/moderation/index.js';
import { imposing, lifting, type Rows, textOf } from './shapes.js';

type Nicks = Pick<ModerationDiscord, 'setNickname'>;

/** Gives somebody a nickname that stays. `details.value`: which one. Another one may take its place. */
export function forcenickAction(discord: Nicks, rows: Rows): Action {
	return imposing(
		{
			type: 'forcenick',
			undo: 'unforcenick',
			kind: 'forcenick',
			command: 'restrictions.forcenick',
			aim: 'member',
			botPermission: PermissionFlagsBits.ManageNicknames,
			tells: 'after',
			takesReason: false,
			keeps: 'forcenick',
			async check({ guildId, target }, { details }, isThere) {
				const value = textOf(details, 'value');
				if (value === null || target === null) return refuse('no-nick');
				const before = isThere ? await rows.find({ guildId, userId: target.id }, 'forcenick') : null;
				return before?.value === value ? refuse('already-forcenick', { user: target.username, nick: value }) : accept({});
			},
			isDone: ({ target }, { details }) => target?.nickname === textOf(details, 'value'),
			values: (details) => ({ nick: textOf(details, 'value') ?? '' }),
			async do({ guildId, target }, { details }, reason) {
				if (target !== null) await discord.setNickname(guildId, target.id, textOf(details, 'value'), reason);
			}
		},
		rows
	);
}

/** Lets somebody have any nickname again, and takes this one away. */
export function unforcenickAction(discord: Nicks, rows: Rows): Action {
	return lifting(
		{
			type: 'unforcenick',
			kind: 'forcenick',
			command: 'restrictions.forcenick',
			lifts: ['forcenick'],
			botPermission: PermissionFlagsBits.ManageNicknames,
			isDone: ({ target }) => target === null || target.nickname === null,
			async do({ guildId, target }, _order, reason) {
				if (target?.inServer && target.nickname !== null) await discord.setNickname(guildId, target.id, null, reason);
			}
		},
		rows
	);
}

/** The nickname of somebody is locked: it is not changed by the way. */
export function nicknameVeto(rows: Pick<Rows, 'find'>): Veto {
	return async ({ guildId, target }) => {
		const found = target && (await rows.find({ guildId, userId: target.id }, 'forcenick'));
		return found === null ? accept(null) : refuse('nick-locked', { user: target?.username ?? '' });
	};
}

/** Every nickname of a server was unlocked, as mass work: only its case is written by this. */
export const clearedNicksAction: Action = {
	type: 'forcenickclear',
	module: 'restrictions',
	aim: 'none',
	botPermission: 0n,
	isHarmful: false,
	tells: 'never',
	isLogged: true,
	closes: { types: [], as: 'undone' },
	undo: null,
	command: 'restrictions.forcenickclear',
	isDone: () => true,
	do: async () => undefined
};
