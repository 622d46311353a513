import { PermissionFlagsBits } from 'discord.js';
import type { Action, ModerationDiscord } from '#modules/moderation/index.js';
import { imposing, lifting, type Rows } from './shapes.js';

/** Puts somebody out now, and whenever he comes back. */
export function autokickActions(discord: Pick<ModerationDiscord, 'kick'>, rows: Rows): readonly Action[] {
	return [
		imposing(
			{
				type: 'autokick',
				undo: 'unautokick',
				kind: 'autokick',
				command: 'restrictions.autokick-add',
				aim: 'user',
				botPermission: PermissionFlagsBits.KickMembers,
				tells: 'before',
				// Who came after the order was put out by it.
				isDone: ({ target }, { at }) => !target?.inServer || (target.joinedAt ?? 0) > at,
				async do({ guildId, target }, _order, reason) {
					if (target?.inServer) await discord.kick(guildId, target.id, reason);
				}
			},
			rows
		),
		lifting({ type: 'unautokick', kind: 'autokick', command: 'restrictions.autokick-remove', lifts: ['autokick'] }, rows)
	];
}
