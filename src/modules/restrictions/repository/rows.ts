import type { RestrictionConfig as ConfigRow, MemberRestriction } from '#generated/prisma/client.js';
import type { Restriction, RestrictionConfig } from '../domain/restriction.js';

/** A row as the rest of the module sees it. */
export function readRestriction(row: MemberRestriction): Restriction {
	const { guildId, userId, kind, value, userName, actorId, reason, at, expiresAt } = row;
	return {
		guildId: guildId.toString(),
		userId: userId.toString(),
		kind,
		value,
		userName,
		actorId: actorId?.toString() ?? null,
		reason,
		at: at.getTime(),
		expiresAt: expiresAt?.getTime() ?? null
	};
}

/** A restriction as a row. */
export function toRow({ guildId, userId, kind, value, userName, actorId, reason, at, expiresAt }: Restriction) {
	return {
		guildId: BigInt(guildId),
		userId: BigInt(userId),
		kind,
		value,
		userName,
		actorId: actorId === null ? null : BigInt(actorId),
		reason,
		at: new Date(at),
		expiresAt: expiresAt === null ? null : new Date(expiresAt)
	};
}

export function readConfig({ isPrivate, privateMessage, detentionChannelId }: ConfigRow): RestrictionConfig {
	return { isPrivate, privateMessage, detentionChannelId: detentionChannelId?.toString() ?? null };
}
