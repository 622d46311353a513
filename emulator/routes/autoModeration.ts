import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import { AuditLogEvent, auditCall, changesBetween, created } from '../actions/audit.js';
import { DiscordError, invalidBody } from '../rest/errors.js';
import { type Call, noContent, type Reply, type RouteTable } from '../rest/route.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject } from '../state/types.js';
import { guildFor } from './guildAccess.js';

/** Rules of each trigger type a guild may have. */
const most: Readonly<Record<number, number>> = { 1: 6, 3: 1, 4: 1, 5: 1, 6: 1 };

/** Keys that each trigger type's metadata has, with what stands there when the body is silent. */
const metadataOf: Readonly<Record<number, JsonObject>> = {
	1: { keyword_filter: [], regex_patterns: [], allow_list: [] },
	3: {},
	4: { presets: [], allow_list: [] },
	5: { mention_total_limit: 20, mention_raid_protection_enabled: false },
	6: { keyword_filter: [], regex_patterns: [], allow_list: [] }
};

/** Rules of AutoMod. https://discord.com/developers/docs/resources/auto-moderation */
export function autoModeration(routes: RouteTable): void {
	const path = '/guilds/:guildId/auto-moderation/rules';
	routes.get(path, (call) => [...guildFor(call, Bits.ManageGuild).autoModRules.values()]);
	routes.get(`${path}/:ruleId`, (call) => find(call, guildFor(call, Bits.ManageGuild)));
	routes.post(path, create);
	routes.patch(`${path}/:ruleId`, edit);
	routes.delete(`${path}/:ruleId`, remove);
}

function find(call: Call, guild: Guild): JsonObject {
	const rule = guild.autoModRules.get(call.param('ruleId'));
	if (rule === undefined) throw new DiscordError(0, 404, '404: Not Found');
	return rule;
}

function create(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const type = call.body.integer('trigger_type', 1, 6) ?? 1;
	const same = [...guild.autoModRules.values()].filter((rule) => rule['trigger_type'] === type);
	if (same.length >= (most[type] ?? 0)) {
		throw invalidBody({
			trigger_type: [
				{
					code: 'AUTO_MODERATION_MAX_RULES_OF_TYPE_EXCEEDED',
					message: `Maximum number of rules of this type exceeded (${most[type] ?? 0})`
				}
			]
		});
	}
	const rule: JsonObject = {
		id: call.world.ids.next(),
		guild_id: guild.id,
		creator_id: call.actorId,
		name: call.body.requiredString('name', 1, 100),
		event_type: call.body.integer('event_type', 1, 2) ?? 1,
		trigger_type: type,
		...changeable(call, type, {
			actions: [{ type: 1, metadata: {} }],
			enabled: false,
			exempt_roles: [],
			exempt_channels: [],
			trigger_metadata: metadataOf[type] ?? {}
		})
	};
	call.body.done();
	guild.autoModRules.set(String(rule['id']), rule);
	tell(call, guild, 'AUTO_MODERATION_RULE_CREATE', rule);
	auditCall(call, guild, {
		type: AuditLogEvent.AutoModerationRuleCreate,
		targetId: String(rule['id']),
		changes: created({ name: rule['name'], enabled: rule['enabled'] })
	});
	return rule;
}

/** What both a new and a changed rule take from the body. */
function changeable(call: Call, type: number, before: JsonObject): JsonObject {
	const { body } = call;
	const actions = body.objects('actions');
	for (const [index, action] of (actions ?? []).entries()) {
		// A time-out is only for rules on words and mentions, and only those who may give one set it up.
		if (action['type'] === 3 && type !== 1 && type !== 5)
			body.fault(`actions.${index}.type`, 'AUTO_MODERATION_INVALID_ACTION_TYPE', 'Invalid action for this trigger type.');
		if (action['type'] === 3) guildFor(call, Bits.ModerateMembers);
	}
	const metadata = Object.entries(body.object('trigger_metadata') ?? {}).filter(([, value]) => value !== null);
	for (const [key, value] of metadata) {
		// A body names its type only when the rule is made, so the description lets lists of another type pass.
		const field = `trigger_metadata.${key}`;
		if (Array.isArray(metadataOf[type]?.[key]) && !Array.isArray(value))
			body.fault(field, 'LIST_TYPE_CONVERT', 'Only iterables may be used in a ListType.');
	}
	const known: Json = { ...metadataOf[type], ...(before['trigger_metadata'] as JsonObject), ...Object.fromEntries(metadata) };
	return {
		actions: actions?.map((action) => ({ type: action['type'], metadata: action['metadata'] ?? {} })) ?? before['actions'],
		enabled: body.boolean('enabled') ?? before['enabled'],
		exempt_roles: body.snowflakes('exempt_roles') ?? before['exempt_roles'],
		exempt_channels: body.snowflakes('exempt_channels') ?? before['exempt_channels'],
		trigger_metadata: known
	};
}

function tell(call: Call, guild: Guild, type: string, rule: JsonObject): void {
	call.discord.dispatcher.privileged(guild, type, Bits.ManageGuild, rule);
}

function edit(call: Call): JsonObject {
	const guild = guildFor(call, Bits.ManageGuild);
	const rule = find(call, guild);
	const before = { ...rule };
	const after = { ...changeable(call, Number(rule['trigger_type']), rule), name: call.body.string('name', 1, 100) ?? rule['name'] };
	call.body.done();
	Object.assign(rule, after);
	tell(call, guild, 'AUTO_MODERATION_RULE_UPDATE', rule);
	auditCall(call, guild, {
		type: AuditLogEvent.AutoModerationRuleUpdate,
		targetId: String(rule['id']),
		changes: changesBetween(before, rule)
	});
	return rule;
}

function remove(call: Call): Reply {
	const guild = guildFor(call, Bits.ManageGuild);
	const rule = find(call, guild);
	guild.autoModRules.delete(String(rule['id']));
	tell(call, guild, 'AUTO_MODERATION_RULE_DELETE', rule);
	auditCall(call, guild, {
		type: AuditLogEvent.AutoModerationRuleDelete,
		targetId: String(rule['id']),
		changes: changesBetween({ name: rule['name'] }, {})
	});
	return noContent;
}
