import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import type { Action, ModerationDiscord, Veto } from '#modules/moderation/index.js';
import { imposing, lifting, type Rows } from './shapes.js';

type Bans = Pick<ModerationDiscord, 'isBanned' | 'ban' | 'unban'>;

/** Keeps somebody out also when somebody unbans him. `details.deleteSeconds`: how much of what he wrote goes. */
export function hardbanAction(discord: Bans, rows: Rows): Action {
	return imposing(
		{
			type: 'hardban',
			undo: 'unhardban',
			kind: 'hardban',
			command: 'restrictions.hardban',
			aim: 'user',
			botPermission: PermissionFlagsBits.BanMembers,
			tells: 'before',
			closes: ['ban'],
			keeps: 'hardban',
			isDone: async ({ guildId }, { targetId }) => targetId !== null && (await discord.isBanned(guildId, targetId)),
			async do({ guildId, target }, { details }, reason) {
				if (target === null) return;
				const { deleteSeconds } = details;
				await discord.ban(guildId, target.id, typeof deleteSeconds === 'number' ? deleteSeconds : 0, reason);
			}
		},
		rows
	);
}

/** Lets somebody back in. Its row goes with its case, while nobody else may look at it: the unban is not taken for somebody else's. */
export function unhardbanAction(discord: Bans, rows: Rows): Action {
	return lifting(
		{
			type: 'unhardban',
			kind: 'hardban',
			command: 'restrictions.hardunban',
			lifts: ['hardban', 'ban'],
			botPermission: PermissionFlagsBits.BanMembers,
			isDone: async ({ guildId }, { targetId }) => targetId !== null && !(await discord.isBanned(guildId, targetId)),
			async do({ guildId, target }, _order, reason) {
				if (target !== null) await discord.unban(guildId, target.id, reason);
			}
		},
		rows
	);
}

/** Whoever is hard-banned is not unbanned by the way, be it by a command, by a timer or in a mass. */
export function hardbanVeto(rows: Pick<Rows, 'find'>): Veto {
	return async ({ guildId, target }) => {
		const found = target && (await rows.find({ guildId, userId: target.id }, 'hardban'));
		return found === null ? accept(null) : refuse('is-hardbanned', { user: target?.username ?? '', id: target?.id ?? '' });
	};
}
