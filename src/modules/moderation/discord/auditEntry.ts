import { AuditLogEvent, type Guild, type GuildAuditLogsEntry } from 'discord.js';
import type { AuditEntry, Deed } from '../domain/byHand.js';

/** Reads an entry of the audit log; null when it is of something else, or of nobody. */
export function readAuditEntry(entry: GuildAuditLogsEntry, { id: guildId }: Pick<Guild, 'id'>): AuditEntry | null {
	const { id, executorId, targetId, reason, createdTimestamp: at } = entry;
	const deed = deedOf(entry);
	if (deed === null || executorId === null || targetId === null) return null;
	return { id, guildId, executorId, targetId, reason, at, deed };
}

function deedOf({ action, changes }: GuildAuditLogsEntry): Deed | null {
	switch (action) {
		case AuditLogEvent.MemberBanAdd:
			return { kind: 'ban' };
		case AuditLogEvent.MemberBanRemove:
			return { kind: 'unban' };
		case AuditLogEvent.MemberKick:
			return { kind: 'kick' };
		case AuditLogEvent.MemberUpdate: {
			const timeOut = changes.find(({ key }) => key === 'communication_disabled_until');
			if (timeOut === undefined) return null;
			return { kind: 'time-out', until: typeof timeOut.new === 'string' ? Date.parse(timeOut.new) : null };
		}
		case AuditLogEvent.MemberRoleUpdate:
			return { kind: 'roles', added: roleIds(changes, '$add'), removed: roleIds(changes, '$remove') };
		default:
			return null;
	}
}

function roleIds(changes: GuildAuditLogsEntry['changes'], key: '$add' | '$remove'): readonly string[] {
	const roles: unknown = changes.find((change) => change.key === key)?.new;
	if (!Array.isArray(roles)) return [];
	return roles.flatMap((role: unknown) =>
		typeof role === 'object' && role !== null && 'id' in role && typeof role.id === 'string' ? [role.id] : []
	);
}
