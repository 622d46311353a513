import type { Discord } from '../discord.js';
import type { Channel } from '../state/channel.js';
import type { Json, JsonObject, Snowflake } from '../state/types.js';

export interface Match {
	keyword: string | null;
	content: string | null;
}

const [keyword, spam, preset, mentions, profile] = [1, 3, 4, 5, 6];

/** The emulator's small stand-in for Discord's own word lists, which are not public. */
const presets: Readonly<Record<number, readonly string[]>> = { 1: ['profanityword'], 2: ['sexualword'], 3: ['slurword'] };
/** So many equal messages of one member in a channel within ten seconds count as spam; Discord's own measure is not public. */
const spamCount = 5;
const spamMs = 10_000;

/** What in this text breaks the rule; null when nothing does. */
export function matchRule(discord: Discord, rule: JsonObject, channel: Channel | null, userId: Snowflake, content: string): Match | null {
	const about = rule['trigger_metadata'];
	const metadata: JsonObject = typeof about === 'object' && about !== null && !Array.isArray(about) ? about : {};
	const allowed = textsOf(metadata['allow_list']);
	switch (rule['trigger_type']) {
		case keyword:
		case profile:
			return (
				matchWords(content, textsOf(metadata['keyword_filter']), allowed) ??
				matchPatterns(content, textsOf(metadata['regex_patterns']), allowed)
			);
		case preset:
			return matchWords(
				content,
				Array.isArray(metadata['presets']) ? metadata['presets'].flatMap((each) => presets[Number(each)] ?? []) : [],
				allowed
			);
		case mentions: {
			const count = new Set(content.match(/<@[!&]?\d{15,20}>/g) ?? []).size;
			return count > Number(metadata['mention_total_limit'] ?? 50) ? { keyword: null, content: null } : null;
		}
		case spam:
			return channel !== null && isSpam(discord, channel, userId, content) ? { keyword: null, content: null } : null;
		default:
			return null;
	}
}

function textsOf(value: Json | undefined): string[] {
	return Array.isArray(value) ? value.map(String) : [];
}

/** `cat` fits the word, `cat*` its beginning, `*cat` its end, `*cat*` anywhere. */
function matchWords(content: string, words: readonly string[], allowed: readonly string[]): Match | null {
	for (const word of words) {
		const bare = word.replace(/^\*|\*$/g, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		const [before, after] = [word.startsWith('*') ? '' : '(?<![\\p{L}\\p{N}])', word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])'];
		const found = new RegExp(`${before}${bare}${after}`, 'iu').exec(content);
		if (found && !isAllowed(content, allowed)) return { keyword: word, content: found[0] };
	}
	return null;
}

function matchPatterns(content: string, patterns: readonly string[], allowed: readonly string[]): Match | null {
	for (const pattern of patterns) {
		const found = new RegExp(pattern.replace(/^\(\?i\)/, ''), 'iu').exec(content);
		if (found && !isAllowed(content, allowed)) return { keyword: pattern, content: found[0] };
	}
	return null;
}

function isAllowed(content: string, allowed: readonly string[]): boolean {
	return allowed.length > 0 && matchWords(content, allowed, []) !== null;
}

function isSpam(discord: Discord, channel: Channel, userId: Snowflake, content: string): boolean {
	const oldest = discord.world.clock.now() - spamMs;
	const recent = [...channel.messages.values()].slice(-50);
	const same = recent.filter((each) => each.author.id === userId && each.content === content && Date.parse(each.timestamp) >= oldest);
	return same.length >= spamCount - 1;
}
