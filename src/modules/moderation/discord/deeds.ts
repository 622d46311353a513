import { type APIBan, HTTPError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { discordCodeOf, onDiscordCode } from '#lib/errors/discordCodes.js';
import type { ModerationDiscord } from '../ports.js';

type DeedsRest = Pick<REST, 'get' | 'post' | 'put' | 'patch' | 'delete'>;

/** Discord answers at most this many bans at once. */
const banPage = 1_000;

async function allBans(rest: Pick<REST, 'get'>, guildId: string): Promise<readonly string[]> {
	const found: string[] = [];
	for (let after = '0'; ; ) {
		const query = new URLSearchParams({ limit: String(banPage), after });
		const page = (await rest.get(Routes.guildBans(guildId), { query })) as APIBan[];
		found.push(...page.map(({ user }) => user.id));
		const last = page.at(-1);
		if (last === undefined || page.length < banPage) return found;
		after = last.user.id;
	}
}

function bannedOf(answer: unknown): ReadonlySet<string> {
	const banned: unknown = typeof answer === 'object' && answer !== null && 'banned_users' in answer ? answer.banned_users : [];
	return new Set(Array.isArray(banned) ? banned.map(String) : []);
}

/** Discord says so in place of an answer when not one could be banned. With a 5xx nobody knows: each is looked at then anyway. */
function noneBanned(error: unknown): null {
	if (error instanceof HTTPError || discordCodeOf(error) === RESTJSONErrorCodes.FailedToBanUsers) return null;
	throw error;
}

/** What moderation does in Discord, by REST alone: what is due must not depend on what is in memory. */
export function moderationDiscord(rest: DeedsRest): ModerationDiscord {
	const patchMember = async (guildId: string, userId: string, body: object, reason: string) =>
		void (await rest.patch(Routes.guildMember(guildId, userId), { body, reason }));
	const findBan = async (guildId: string, userId: string) => {
		const unknown = [RESTJSONErrorCodes.UnknownBan, RESTJSONErrorCodes.UnknownUser];
		const ban = await onDiscordCode(rest.get(Routes.guildBan(guildId, userId)), unknown, null);
		if (ban === null) return null;
		return { reason: typeof ban === 'object' && 'reason' in ban && typeof ban.reason === 'string' ? ban.reason : null };
	};
	return {
		findBan,
		isBanned: async (guildId, userId) => (await findBan(guildId, userId)) !== null,
		allBans: (guildId) => allBans(rest, guildId),
		async bulkBan(guildId, userIds, deleteMessageSeconds, reason) {
			const body = { user_ids: userIds, delete_message_seconds: deleteMessageSeconds };
			return bannedOf(await rest.post(Routes.guildBulkBan(guildId), { body, reason }).catch(noneBanned));
		},
		async ban(guildId, userId, deleteMessageSeconds, reason) {
			await rest.put(Routes.guildBan(guildId, userId), { body: { delete_message_seconds: deleteMessageSeconds }, reason });
		},
		async unban(guildId, userId, reason) {
			await onDiscordCode(rest.delete(Routes.guildBan(guildId, userId), { reason }), [RESTJSONErrorCodes.UnknownBan], undefined);
		},
		async kick(guildId, userId, reason) {
			await onDiscordCode(rest.delete(Routes.guildMember(guildId, userId), { reason }), [RESTJSONErrorCodes.UnknownMember], undefined);
		},
		timeOut: (guildId, userId, until, reason) =>
			patchMember(guildId, userId, { communication_disabled_until: until === null ? null : new Date(until).toISOString() }, reason),
		setRoles: (guildId, userId, roleIds, reason) => patchMember(guildId, userId, { roles: [...roleIds] }, reason),
		setMember: (guildId, userId, { roleIds, nickname }, reason) =>
			patchMember(guildId, userId, { roles: [...roleIds], ...(nickname !== null && { nick: nickname }) }, reason),
		async addRole(guildId, userId, roleId, reason) {
			await rest.put(Routes.guildMemberRole(guildId, userId, roleId), { reason });
		},
		async removeRole(guildId, userId, roleId, reason) {
			await rest.delete(Routes.guildMemberRole(guildId, userId, roleId), { reason });
		},
		setVoice(guildId, userId, { mute, deaf, channelId }, reason) {
			const body = {
				...(mute !== undefined && { mute }),
				...(deaf !== undefined && { deaf }),
				...(channelId !== undefined && { channel_id: channelId })
			};
			return patchMember(guildId, userId, body, reason);
		},
		setNickname: (guildId, userId, nickname, reason) => patchMember(guildId, userId, { nick: nickname }, reason)
	};
}
