/**
 * Words of the presets. Discord's own lists are not public, so these are ours: a few plain words for each, enough to see a rule work. Slurs stand turned by thirteen
 * letters, so that nobody reads them by accident.
 * https://discord.com/developers/docs/resources/auto-moderation#auto-moderation-rule-object-keyword-preset-types
 */
const [profanity, sexualContent, slurs] = [1, 2, 3];

const words: ReadonlyMap<number, readonly string[]> = new Map([
	[
		profanity,
		['fuck*', '*fucker', '*fucking', 'shit', 'shits', 'shitty', 'bullshit', 'asshole*', 'bitch*', 'bastard*', 'wanker*', 'dickhead*']
	],
	[
		sexualContent,
		['porn*', 'pornhub', 'blowjob*', 'handjob*', 'cumshot*', 'dildo*', 'hentai', 'nudes', 'onlyfans', 'milf', 'gangbang*', 'masturbat*']
	],
	[slurs, ['snttbg*', 'avttre*', 'avttn*', 'ergneq*', 'genaal', 'genaavr*', 'xvxr*', 'fcnfgvp*', 'puvax*', 'jrgonpx*', 'clxr*'].map(turned)]
]);

/** The keywords of one preset: none where Discord knows no such preset. */
export function wordsOfPreset(preset: number): readonly string[] {
	return words.get(preset) ?? [];
}

function turned(word: string): string {
	return word.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 97 + 13) % 26) + 97));
}
