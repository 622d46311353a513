import { RE2JS } from 're2js';

/** What in a text broke a rule: the keyword or pattern, and the text that fits it. */
export interface Match {
	keyword: string | null;
	content: string | null;
}

interface Found {
	keyword: string;
	start: number;
	end: number;
}

/**
 * The first keyword or pattern that stands in the text, outside of what the allow list lets pass.
 *
 * `cat` is the whole word, `cat*` its beginning, `*cat` its end and `*cat*` anything, in either case.
 * https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object-keyword-matching-strategies
 * An allowed word lets pass what lies within it: `*ass*` with `class` allowed stops "ass", and lets "class" pass.
 */
export function matchText(
	content: string,
	keywords: readonly string[],
	patterns: readonly string[] = [],
	allowed: readonly string[] = []
): Match | null {
	const free = allowed.flatMap((word) => findAll(content, word, wordPattern(word)));
	const isFree = ({ start, end }: Found) => free.some((each) => each.start <= start && each.end >= end);
	const sources = [
		...keywords.map((word) => [word, wordPattern(word)] as const),
		...patterns.map((pattern) => [pattern, kept(compiled, pattern, compile)] as const)
	];
	for (const [keyword, source] of sources) {
		const found = findAll(content, keyword, source).find((each) => !isFree(each));
		if (found !== undefined) return { keyword, content: content.slice(found.start, found.end) };
	}
	return null;
}

/**
 * Compiles a pattern of a rule; null when it is none. Discord takes Rust's regular expressions, which look neither ahead nor behind and take linear time, as RE2's do.
 */
export function compile(pattern: string): RE2JS | null {
	try {
		return RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
	} catch {
		return null;
	}
}

/** What was compiled before: a rule of a thousand keywords is asked at every message. */
const compiled = new Map<string, RE2JS | null>();
const words = new Map<string, RegExp>();
const mostKept = 20_000;

function kept<T>(cache: Map<string, T>, key: string, make: (key: string) => T): T {
	const known = cache.get(key);
	if (known !== undefined) return known;
	if (cache.size >= mostKept) cache.clear();
	const value = make(key);
	cache.set(key, value);
	return value;
}

const wordPattern = (word: string): RegExp => kept(words, word, compileWord);

function compileWord(word: string): RegExp {
	const bare = word.replace(/^\*|\*$/g, '').replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
	const before = word.startsWith('*') ? '' : '(?<![\\p{L}\\p{N}])';
	const after = word.endsWith('*') ? '' : '(?![\\p{L}\\p{N}])';
	return new RegExp(`${before}${bare}${after}`, 'giu');
}

function findAll(content: string, keyword: string, source: RegExp | RE2JS | null): Found[] {
	if (source === null) return [];
	if (source instanceof RegExp) {
		return [...content.matchAll(source)].map((found) => ({ keyword, start: found.index, end: found.index + found[0].length }));
	}
	const matcher = source.matcher(content);
	const found: Found[] = [];
	while (matcher.find()) if (matcher.end() > matcher.start()) found.push({ keyword, start: matcher.start(), end: matcher.end() });
	return found;
}
