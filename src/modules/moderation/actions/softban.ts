import { PermissionFlagsBits } from 'discord.js';
import { accept, refuse } from '#lib/core/outcome.js';
import { isDiscordRefusal } from '#lib/errors/discordCodes.js';
import type { Action } from '../action.js';
import { isAuditReason } from '../domain/order.js';
import type { ModerationDiscord } from '../ports.js';

/** Discord: a ban deletes the messages of seven days at most. */
const deletesSeconds = 7 * 86_400;

/** Puts somebody out together with what he wrote: a ban that ends at once. */
export function softbanAction(discord: Pick<ModerationDiscord, 'findBan' | 'ban' | 'unban'>): Action {
	return {
		type: 'softban',
		module: 'moderation',
		// Between its two steps he is no member any more.
		aim: 'user',
		botPermission: PermissionFlagsBits.BanMembers,
		isHarmful: true,
		tells: 'before',
		isLogged: true,
		closes: { types: [], as: 'superseded' },
		undo: null,
		command: 'moderation.softban',
		check: ({ target }) => (target?.inServer ? accept({}) : refuse('not-a-member')),
		async isDone({ guildId, target }, { at }) {
			if (target === null) return true;
			// Who came after the order was put out by it.
			if (target.inServer) return (target.joinedAt ?? 0) > at;
			return (await discord.findBan(guildId, target.id)) === null;
		},
		/** It must not stay a ban. One that somebody else gave meanwhile has another reason. */
		async isBegun({ guildId, target, actor }, { reason }) {
			const ban = target === null || target.inServer ? null : await discord.findBan(guildId, target.id);
			return ban !== null && isAuditReason(ban.reason, reason, actor?.username ?? null);
		},
		async do({ guildId, target }, _order, reason) {
			if (target === null) return undefined;
			await discord.ban(guildId, target.id, deletesSeconds, reason);
			try {
				await discord.unban(guildId, target.id, reason);
				return undefined;
			} catch (error) {
				if (!isDiscordRefusal(error)) throw error;
				// What was done is written, and who asked hears that he has to end it himself.
				return { staysBanned: true };
			}
		},
		remarks: ({ staysBanned }) => (staysBanned === true ? [{ code: 'stays' }] : [])
	};
}
