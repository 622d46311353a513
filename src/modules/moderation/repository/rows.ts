import { type ModerationCase, Prisma } from '#generated/prisma/client.js';
import type { Case, Details } from '../domain/case.js';

/** A row as the rest of the module sees it. */
export function readCase(row: ModerationCase): Case {
	const { guildId, userId, channelId, moderatorId, at, expiresAt, closedAt, details, auditEntryId, logChannelId, logMessageId } = row;
	return {
		guildId: guildId.toString(),
		number: row.number,
		type: row.type,
		userId: text(userId),
		channelId: text(channelId),
		moderatorId: text(moderatorId),
		reason: row.reason,
		at: at.getTime(),
		expiresAt: expiresAt?.getTime() ?? null,
		state: row.state,
		closedAt: closedAt?.getTime() ?? null,
		parentNumber: row.parentNumber,
		details: typeof details === 'object' && details !== null && !Array.isArray(details) ? (details as Details) : {},
		external: auditEntryId !== null,
		log: logChannelId === null || logMessageId === null ? null : { channelId: `${logChannelId}`, messageId: `${logMessageId}` }
	};
}

export function text(id: bigint | null): string | null {
	return id === null ? null : id.toString();
}

export function idOrNull(id: string | null): bigint | null {
	return id === null ? null : BigInt(id);
}

/** Whether something could not be written because its unique key is there already. */
export function isTaken(error: unknown): boolean {
	return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
