import { AuditLogEvent, PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import type { Call } from '../rest/route.js';
import type { AuditEntry, Guild } from '../state/guild.js';
import type { Json, JsonObject, Snowflake } from '../state/types.js';

export { AuditLogEvent };

export interface AuditDetails {
	userId: Snowflake | null;
	targetId: Snowflake | null;
	type: AuditLogEvent;
	reason?: string | null;
	changes?: JsonObject[];
	options?: JsonObject;
}

/** Discord remembers 45 days; the newest entries are enough here. */
const KEPT = 5_000;

/** Writes one line of the audit log and tells everybody who may read it. https://discord.com/developers/docs/resources/audit-log */
export function audit(discord: Discord, guild: Guild, details: AuditDetails): AuditEntry {
	const entry: AuditEntry = {
		id: discord.world.ids.next(),
		user_id: details.userId,
		target_id: details.targetId,
		action_type: details.type,
		...(details.changes && details.changes.length > 0 ? { changes: details.changes } : {}),
		...(details.options ? { options: details.options } : {}),
		...(details.reason ? { reason: details.reason.slice(0, 512) } : {})
	};
	guild.auditLog.push(entry);
	if (guild.auditLog.length > KEPT) guild.auditLog.shift();
	discord.dispatcher.privileged(guild, 'GUILD_AUDIT_LOG_ENTRY_CREATE', Bits.ViewAuditLog, { ...entry, guild_id: guild.id });
	return entry;
}

/** As `audit`, with actor and reason of a request. */
export function auditCall(call: Call, guild: Guild, details: Omit<AuditDetails, 'userId' | 'reason'>): AuditEntry {
	return audit(call.discord, guild, { ...details, userId: call.actorId, reason: call.reason });
}

/** What differs between two states of one thing, as the audit log writes it. */
export function changesBetween(before: JsonObject, after: JsonObject): JsonObject[] {
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
	return keys.flatMap((key) => {
		const [old, now] = [before[key], after[key]];
		// What is null is left out, so nothing is told of what was not there and still is not.
		if (JSON.stringify(old ?? null) === JSON.stringify(now ?? null)) return [];
		return [{ key, ...given('old_value', old), ...given('new_value', now) }];
	});
}

/** A new thing's values, as the audit log writes them. */
export function created(values: JsonObject): JsonObject[] {
	return changesBetween({}, values);
}

function given(key: string, value: Json | undefined): JsonObject {
	return value === undefined || value === null ? {} : { [key]: value };
}
