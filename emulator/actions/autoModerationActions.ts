import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { type Json, type JsonObject, type Member, QUARANTINED, type Snowflake } from '../state/types.js';
import { isoTime } from '../state/world.js';
import { AuditLogEvent, audit } from './audit.js';
import { objectOf } from './autoModerationMatch.js';
import type { Match } from './autoModerationWords.js';
import { memberChanged } from './members.js';
import { systemMessage } from './welcome.js';

/** https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-action-object-action-types */
const [block, alert, timeout, quarantine] = [1, 2, 3, 4];

const auditTypes: Readonly<Record<number, AuditLogEvent>> = {
	[block]: AuditLogEvent.AutoModerationBlockMessage,
	[alert]: AuditLogEvent.AutoModerationFlagToChannel,
	[timeout]: AuditLogEvent.AutoModerationUserCommunicationDisabled,
	[quarantine]: AuditLogEvent.AutoModerationQuarantineUser
};

/** A rule that something broke. */
export interface Broken {
	rule: JsonObject;
	content: string;
	match: Match;
	/** The message it stands in; null when it was blocked, or is no message. */
	messageId: Snowflake | null;
}

/** Does everything a rule says, and tells of each action. Blocking itself is the caller's. */
export function carryOut(discord: Discord, guild: Guild, member: Member, channel: Channel | null, broken: Broken): void {
	const { rule, content, match, messageId } = broken;
	for (const action of Array.isArray(rule['actions']) ? rule['actions'].map(objectOf) : []) {
		const metadata = objectOf(action['metadata']);
		const alertId = action['type'] === alert ? sendAlert(discord, guild, member, metadata, broken, channel) : null;
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
			...(messageId === null ? {} : { message_id: messageId }),
			...(alertId === null ? {} : { alert_system_message_id: alertId }),
			content,
			matched_keyword: match.keyword,
			matched_content: match.content
		});
	}
}

function record(discord: Discord, guild: Guild, rule: JsonObject, member: Member, channel: Channel | null, action: Json | undefined): void {
	const type = auditTypes[Number(action)];
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
	member: Member,
	metadata: JsonObject,
	{ rule, content, match }: Broken,
	source: Channel | null
): string | null {
	const channel = guild.channels.get(String(metadata['channel_id']));
	if (channel === undefined) return null;
	const fields = [
		{ name: 'rule_name', value: String(rule['name']), inline: false },
		...(source === null ? [] : [{ name: 'channel_id', value: source.id, inline: false }]),
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

function restrict(discord: Discord, guild: Guild, member: Member): void {
	if ((member.flags & QUARANTINED) !== 0) return;
	member.flags |= QUARANTINED;
	memberChanged(discord, guild, member);
}
