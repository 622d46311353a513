import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Call, RouteTable } from '../rest/route.js';
import { compareSnowflakes } from '../state/snowflakes.js';
import type { JsonObject } from '../state/types.js';
import { channelView } from '../views/channel.js';
import { partialUserView } from '../views/user.js';
import { webhookView } from '../views/webhook.js';
import { guildFor } from './guildAccess.js';

/** https://discord.com/developers/docs/resources/audit-log#get-guild-audit-log */
export function auditLog(routes: RouteTable): void {
	routes.get('/guilds/:guildId/audit-logs', read);
}

function read(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ViewAuditLog);
	const { user_id: userId, target_id: targetId, action_type: type, before, after } = call.query;
	const found = guild.auditLog.filter((entry) => {
		if (userId !== undefined && entry.user_id !== userId) return false;
		if (targetId !== undefined && entry.target_id !== targetId) return false;
		if (type !== undefined && entry.action_type !== Number(type)) return false;
		if (before !== undefined && compareSnowflakes(entry.id, before) >= 0) return false;
		return after === undefined || compareSnowflakes(entry.id, after) > 0;
	});
	const limit = call.limit('limit', 50, 1, 100);
	// `after` reads upwards from there, otherwise the newest come first.
	const entries = after === undefined ? found.slice(-limit).reverse() : found.slice(0, limit);
	const ids = new Set(entries.flatMap((entry) => [entry.user_id, entry.target_id]).filter((id) => id !== null));
	const named = <T>(things: ReadonlyMap<string, T>): T[] => [...ids].flatMap((id) => things.get(id) ?? []);
	return {
		audit_log_entries: entries,
		users: named(call.world.users).map(partialUserView),
		integrations: [],
		webhooks: named(call.world.webhooks).map((webhook) => webhookView(call.discord, webhook, false)),
		guild_scheduled_events: named(guild.scheduledEvents),
		threads: named(guild.threads).map((thread) => channelView(call.world, thread)),
		application_commands: [],
		auto_moderation_rules: named(guild.autoModRules)
	};
}
