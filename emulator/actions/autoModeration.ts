import { PermissionFlagsBits as Bits } from 'discord-api-types/v10';
import type { Discord } from '../discord.js';
import { permissionsOf } from '../state/access.js';
import type { Channel } from '../state/channel.js';
import type { Guild } from '../state/guild.js';
import { type JsonObject, type Member, QUARANTINED, type Snowflake } from '../state/types.js';
import { type Broken, carryOut } from './autoModerationActions.js';
import { matchRule, objectOf } from './autoModerationMatch.js';
import { memberChanged } from './members.js';

const messageSend = 1;
const memberUpdate = 2;
const [block, quarantine] = [1, 4];

/** What AutoMod decides on a message that is about to be posted. */
export interface Verdict {
	blocked: boolean;
	/** What the rule says to the author; empty where it says nothing of its own. */
	customMessage: string;
}

const passed: Verdict = { blocked: false, customMessage: '' };

/**
 * Runs a guild's rules over what a member wants to say, and does what they say. Bots and those who manage the server are exempt.
 * `messageId` is the id the message will have if it is posted.
 * https://discord.com/developers/docs/resources/auto-moderation
 */
export function moderateMessage(
	discord: Discord,
	guild: Guild,
	channel: Channel,
	userId: Snowflake,
	content: string,
	messageId: Snowflake | null
): Verdict {
	const member = guild.members.get(userId);
	if (guild.autoModRules.size === 0 || member === undefined || isExempt(discord, guild, member)) return passed;
	const broken = brokenRules(discord, guild, messageSend, member, channel, [content]);
	const blocking = broken.flatMap(({ rule }) => actionsOf(rule)).find((action) => action['type'] === block);
	for (const each of broken) carryOut(discord, guild, member, channel, { ...each, messageId: blocking === undefined ? messageId : null });
	return blocking === undefined ? passed : { blocked: true, customMessage: String(objectOf(blocking['metadata'])['custom_message'] ?? '') };
}

/**
 * Runs the rules for profiles over a member's names, when he joins or changes them. Whom a rule keeps from everything is let go when his names break none any more.
 */
export function moderateProfile(discord: Discord, guild: Guild, member: Member): void {
	if (isExempt(discord, guild, member)) return;
	const { nick, bio, user } = member;
	const texts = [nick, user.global_name, user.username, bio].flatMap((text) => text || []);
	const broken = brokenRules(discord, guild, memberUpdate, member, null, texts);
	for (const each of broken) carryOut(discord, guild, member, null, { ...each, messageId: null });
	const isKept = broken.flatMap(({ rule }) => actionsOf(rule)).some((action) => action['type'] === quarantine);
	if (isKept || (member.flags & QUARANTINED) === 0) return;
	member.flags &= ~QUARANTINED;
	memberChanged(discord, guild, member);
}

/** As `moderateProfile`, in each server of somebody who changed the name he has everywhere. */
export function moderateProfiles(discord: Discord, userId: Snowflake): void {
	for (const guild of discord.world.guilds.values()) {
		const member = guild.autoModRules.size > 0 ? guild.members.get(userId) : undefined;
		if (member !== undefined) moderateProfile(discord, guild, member);
	}
}

function brokenRules(
	discord: Discord,
	guild: Guild,
	event: number,
	member: Member,
	channel: Channel | null,
	texts: readonly string[]
): Omit<Broken, 'messageId'>[] {
	const now = discord.world.clock.now();
	return [...guild.autoModRules.values()].flatMap((rule) => {
		if (rule['enabled'] !== true || rule['event_type'] !== event || isExemptFrom(rule, member, channel)) return [];
		for (const content of texts) {
			const match = matchRule(rule, guild, member.user.id, content, now);
			if (match !== null) return [{ rule, content, match }];
		}
		return [];
	});
}

function actionsOf(rule: JsonObject): JsonObject[] {
	return Array.isArray(rule['actions']) ? rule['actions'].map(objectOf) : [];
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
