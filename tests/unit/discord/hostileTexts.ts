/** What people send to break a bot. */
export const hostileTexts: readonly (readonly [string, string])[] = [
	['nothing', ''],
	['white space', ' \n\t '],
	['zalgo', 'Z̷̢̛̲͇͎̲̎̏̊ä̶̧́͆l̵̰̅g̸o̴'.repeat(600)],
	['one letter with 5,000 marks', `a${'\u0301'.repeat(5000)}`],
	['right-to-left overrides', '\u202egnp.exe\u202c'.repeat(700)],
	['Arabic and Hebrew', 'مرحبا שלום '.repeat(600)],
	['lone high surrogates', '\ud800'.repeat(5000)],
	['lone low surrogates', 'a\udc00'.repeat(3000)],
	['zero-width characters', '\u200b\u200d\ufeff'.repeat(2000)],
	['families', '👩‍👩‍👧‍👦'.repeat(700)],
	['endless joiners', '👩\u200d'.repeat(3000)],
	['flags', '🇩🇪'.repeat(2000)],
	['open brackets', '['.repeat(6000)],
	['links', '[a](https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)'.repeat(100)],
	['one endless address', `https://example.com/${'a'.repeat(6000)}`],
	['mentions', '<@123456789012345678>'.repeat(400)],
	['code fences', '```'.repeat(2000)],
	['backslashes', '\\'.repeat(6000)],
	['formatting', '**__~~||`'.repeat(700)]
];

export function isWellFormed(text: string): boolean {
	return text.isWellFormed();
}
