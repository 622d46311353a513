import type { Guild } from '../state/guild.js';
import type { Json, JsonObject, Snowflake } from '../state/types.js';
import { wordsOfPreset } from './autoModerationPresets.js';
import { isMentionRaid, isSpam, mentionsIn } from './autoModerationSpam.js';
import { type Match, matchText } from './autoModerationWords.js';

/** https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object-trigger-types */
export const Trigger = { keyword: 1, spam: 3, preset: 4, mentions: 5, profile: 6 } as const;

const noWord: Match = { keyword: null, content: null };

/** What in this text breaks the rule; null when nothing does. `now` in milliseconds, for what counts over time. */
export function matchRule(rule: JsonObject, guild: Guild, userId: Snowflake, content: string, now: number): Match | null {
	const metadata = objectOf(rule['trigger_metadata']);
	const allowed = textsOf(metadata['allow_list']);
	switch (rule['trigger_type']) {
		case Trigger.keyword:
		case Trigger.profile:
			return matchText(content, textsOf(metadata['keyword_filter']), textsOf(metadata['regex_patterns']), allowed);
		case Trigger.preset: {
			const presets = textsOf(metadata['presets']).flatMap((preset) => wordsOfPreset(Number(preset)));
			return matchText(content, presets, [], allowed);
		}
		case Trigger.mentions: {
			if (mentionsIn(content).size > Number(metadata['mention_total_limit'] ?? 50)) return noWord;
			return metadata['mention_raid_protection_enabled'] === true && isMentionRaid(guild, userId, content, now) ? noWord : null;
		}
		case Trigger.spam:
			return isSpam(guild, userId, content, now) ? noWord : null;
		default:
			return null;
	}
}

export function objectOf(value: Json | undefined): JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function textsOf(value: Json | undefined): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}
