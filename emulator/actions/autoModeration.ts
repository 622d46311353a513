import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import type { Json, JsonObject, Member, Snowflake } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { AuditLogEvent, audit } from './audit.js';
import { type Match, matchRule } from './autoModerationMatch.js';
import { memberChanged } from './members.js';
import { systemMessage } from './welcome.js';

const [block, alert, timeout, quarantine] = [1, 2, 3, 4];
const messageSend = 1;
const memberUpdate = 2;

/** What AutoMod decides on a message that is about to be posted. */
export interface Verdict {
	blocked: boolean;
	customMessage: string | null;
}

const passed: Verdict = { blocked: false, customMessage: null };

/**
 * Runs a guild's rules over what a member wants to say. Bots and those who manage the server are exempt.
 * https://discord.com/developers/docs/resources/auto-moderation
 */
export function moderateMessage(discord: Discord, guild: Guild, channel: Channel, userId: Snowflake, content: string): Verdict {
	const member = guild.members.get(userId);
	if (guild.autoModRules.size === 0 || member === undefined || isExempt(discord, guild, member)) return passed;
	let verdict = passed;
	for (const rule of guild.autoModRules.values()) {
		if (rule['enabled'] !== true || rule['event_type'] !== messageSend || isExemptFrom(rule, member, channel)) continue;
		const match = matchRule(discord, rule, channel, userId, content);
		if (match === null) continue;
		const blocks = act(discord, guild, rule, member, channel, content, match);
		if (blocks !== null && !verdict.blocked) verdict = { blocked: true, customMessage: blocks };
	}
	return verdict;
}

/** Runs the rules for profiles over a member's names, when he joins or changes them. */
export function moderateProfile(discord: Discord, guild: Guild, member: Member): void {
	if (isExempt(discord, guild, member)) return;
	for (const rule of guild.autoModRules.values()) {
		if (rule['enabled'] !== true || rule['event_type'] !== memberUpdate || isExemptFrom(rule, member, null)) continue;
		const names = [member.nick, member.user.global_name, member.user.username].filter((name) => name !== null);
		for (const name of names) {
			const match = matchRule(discord, rule, null, member.user.id, name);
			if (match === null) continue;
			act(discord, guild, rule, member, null, name, match);
			break;
		}
	}
}

function isExempt(discord: Discord, guild: Guild, member: Member): boolean {
	return member.user.bot === true || (permissionsOf(discord.world, guild, member.user.id) & Bits.ManageGuild) !== 0n;
}

function isExemptFrom(rule: JsonObject, member: Member, channel: Channel | null): boolean {
	const has = (key: string, ids: readonly (string | null)[]) => {
		const exempt = rule[key];
		return Array.isArray(exempt) && exempt.some((id) => ids.includes(String(id)));
	};
	return has('exempt_roles', member.roles) || (channel !== null && has('exempt_channels', [channel.id, channel.parentId]));
}

/** Does what the rule says. Answers the custom message (empty for none) when the message is to be blocked, else null. */
function act(
	discord: Discord,
	guild: Guild,
	rule: JsonObject,
	member: Member,
	channel: Channel | null,
	content: string,
	match: Match
): string | null {
	let blocks: string | null = null;
	for (const action of Array.isArray(rule['actions']) ? rule['actions'] : []) {
		if (typeof action !== 'object' || action === null || Array.isArray(action)) continue;
		const metadata = metadataOf(action['metadata']);
		if (action['type'] === block) blocks = String(metadata['custom_message'] ?? '');
		const alertId = action['type'] === alert ? sendAlert(discord, guild, rule, member, metadata, content, match) : null;
		if (action['type'] === timeout) silence(discord, guild, member, Number(metadata['duration_seconds'] ?? 0));
		if (action['type'] === quarantine) restrict(discord, guild, member);
		record(discord, guild, rule, member, channel, action['type']);
		discord.dispatcher.privileged(guild, 'AUTO_MODERATION_ACTION_EXECUTION', Bits.ManageGuild, {
			guild_id: guild.id,
			action: { ...action },
			rule_id: String(rule['id']),
			rule_trigger_type: Number(rule['trigger_type']),
			user_id: member.user.id,
			...(channel === null ? {} : { channel_id: channel.id }),
			...(alertId === null ? {} : { alert_system_message_id: alertId }),
			content,
			matched_keyword: match.keyword,
			matched_content: match.content
		});
	}
	return blocks;
}

function metadataOf(value: Json | undefined): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function record(discord: Discord, guild: Guild, rule: JsonObject, member: Member, channel: Channel | null, action: Json | undefined): void {
	const types: Readonly<Record<number, AuditLogEvent>> = {
		[block]: AuditLogEvent.AutoModerationBlockMessage,
		[alert]: AuditLogEvent.AutoModerationFlagToChannel,
		[timeout]: AuditLogEvent.AutoModerationUserCommunicationDisabled
	};
	const type = types[Number(action)];
	if (type === undefined) return;
	const options: JsonObject = {
		auto_moderation_rule_name: String(rule['name']),
		auto_moderation_rule_trigger_type: String(rule['trigger_type']),
		...(channel === null ? {} : { channel_id: channel.id })
	};
	audit(discord, guild, { type, userId: member.user.id, targetId: member.user.id, options });
}

function sendAlert(
	discord: Discord,
	guild: Guild,
	rule: JsonObject,
	member: Member,
	metadata: JsonObject,
	content: string,
	match: Match
): string | null {
	const channel = guild.channels.get(String(metadata['channel_id']));
	if (channel === undefined) return null;
	const fields = [
		{ name: 'rule_name', value: String(rule['name']), inline: false },
		{ name: 'keyword', value: match.keyword ?? '', inline: false },
		{ name: 'keyword_matched_content', value: match.content ?? '', inline: false }
	];
	const embed = { type: 'auto_moderation_message', description: content, fields };
	systemMessage(discord, channel, member.user, { type: 24, embeds: [embed] });
	return channel.lastMessageId;
}

function silence(discord: Discord, guild: Guild, member: Member, seconds: number): void {
	member.communication_disabled_until = isoTime(discord.world.clock.now() + seconds * 1000);
	memberChanged(discord, guild, member);
}

/** Bit of a member's flags: kept from everything until his name is changed. */
const QUARANTINED = 1 << 7;

function restrict(discord: Discord, guild: Guild, member: Member): void {
	member.flags |= QUARANTINED;
	memberChanged(discord, guild, member);
}
