import { AuditLogEvent, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { onDiscordCode } from '#lib/errors/discordCodes.js';
import type { ModerationDiscord } from '#modules/moderation/index.js';
import type { RestrictionDiscord } from '../ports.js';

type DeedsRest = Pick<REST, 'get' | 'delete'>;

/** Discord: "Target user is not connected to voice." */
const notConnected = 40032;

/** What restrictions do in Discord besides what moderation does, by REST alone: timers are run by whoever is first. */
export function restrictionDiscord(rest: DeedsRest, moderation: ModerationDiscord): RestrictionDiscord {
	return {
		isBanned: (guildId, userId) => moderation.isBanned(guildId, userId),
		ban: (guildId, userId, deleteMessageSeconds, reason) => moderation.ban(guildId, userId, deleteMessageSeconds, reason),
		kick: (guildId, userId, reason) => moderation.kick(guildId, userId, reason),
		setNickname: (guildId, userId, nickname, reason) => moderation.setNickname(guildId, userId, nickname, reason),
		async moveTo({ guildId, userId }, channelId, reason) {
			const move = async () => {
				await moderation.setVoice(guildId, userId, { channelId }, reason);
				return 'moved' as const;
			};
			const absent = [notConnected, RESTJSONErrorCodes.UnknownMember];
			return onDiscordCode(onDiscordCode(move(), absent, 'absent'), [RESTJSONErrorCodes.UnknownChannel], 'no-channel');
		},
		async nickOf({ guildId, userId }) {
			const member = await onDiscordCode(rest.get(Routes.guildMember(guildId, userId)), [RESTJSONErrorCodes.UnknownMember], null);
			if (member === null) return undefined;
			const { nick }: { readonly nick?: unknown } = Object(member);
			return typeof nick === 'string' ? nick : null;
		},
		async voiceOf({ guildId, userId }) {
			const nowhere = [RESTJSONErrorCodes.UnknownVoiceState, RESTJSONErrorCodes.UnknownMember];
			const state = await onDiscordCode(rest.get(Routes.guildVoiceState(guildId, userId)), nowhere, null);
			const { channel_id: channelId }: { readonly channel_id?: unknown } = Object(state);
			return typeof channelId === 'string' ? channelId : null;
		},
		async remove(channelId, messageId, reason) {
			const removed = rest.delete(Routes.channelMessage(channelId, messageId), { reason }).then(() => true);
			return onDiscordCode(removed, [RESTJSONErrorCodes.UnknownMessage], false);
		},
		async lastUnbanned(guildId) {
			const query = new URLSearchParams({ action_type: String(AuditLogEvent.MemberBanRemove), limit: '100' });
			const log = await onDiscordCode(
				rest.get(Routes.guildAuditLog(guildId), { query }),
				[RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.MissingAccess],
				null
			);
			if (log === null) return null;
			const { audit_log_entries: entries }: { readonly audit_log_entries?: unknown } = Object(log);
			const targets = Array.isArray(entries) ? entries.map((entry) => Object(entry).target_id) : [];
			return targets.filter((id): id is string => typeof id === 'string');
		}
	};
}
