/** One message of a scene, by ana unless the bot says it. */
export interface Line {
	/** What the scene calls it. */
	readonly name: string;
	/** What it says; its name when left out. `@bea` becomes a mention. */
	readonly text?: string;
	/** Comes with a file of this name. */
	readonly file?: string;
	readonly sticker?: true;
	/** The bot's answer to what is called 'a call'. */
	readonly ofTheBot?: true;
}

/** What one of the filters of `clear` takes, and what it leaves. */
export interface Scene {
	/** The second word: `;clear <filter>`, `/purge <filter>`. */
	readonly filter: string;
	readonly lines: readonly Line[];
	/** Names of those that go; the others stay. */
	readonly gone: readonly string[];
	/** By the names of the slash form, in the order of the typed one. `linkTo` gives the link to a line. */
	readonly options?: (linkTo: (name: string) => string) => Readonly<Record<string, string | number>>;
}

const say = (...names: readonly string[]): readonly Line[] => names.map((name) => ({ name }));

export const scenes: readonly Scene[] = [
	{
		filter: 'contains',
		options: () => ({ text: 'nitro' }),
		lines: say('free NITRO here', 'hello'),
		gone: ['free NITRO here']
	},
	{ filter: 'startswith', options: () => ({ text: '!play' }), lines: say('!PLAY a song', 'I say !play'), gone: ['!PLAY a song'] },
	{ filter: 'endswith', options: () => ({ text: 'lol' }), lines: say('haha LOL', 'lol no'), gone: ['haha LOL'] },
	{ filter: 'regex', options: () => ({ pattern: 'gift.*free' }), lines: say('a Gift for free', 'free gift'), gone: ['a Gift for free'] },
	{
		filter: 'links',
		lines: say('see https://example.org', 'example.org is no link'),
		gone: ['see https://example.org']
	},
	{ filter: 'invites', lines: say('come to discord.gg/abcdef', 'discord is nice'), gone: ['come to discord.gg/abcdef'] },
	{
		filter: 'images',
		lines: [
			{ name: 'my cat', file: 'cat.png' },
			{ name: 'my film', file: 'cat.mp4' },
			{ name: 'my list', file: 'list.txt' },
			...say('no file')
		],
		gone: ['my cat', 'my film']
	},
	{ filter: 'embeds', lines: [...say('hello'), { name: 'a notice', ofTheBot: true }], gone: ['a notice'] },
	{ filter: 'bots', lines: [...say('hello'), { name: 'an answer', ofTheBot: true }], gone: ['an answer'] },
	{ filter: 'humans', lines: [...say('hello', 'again'), { name: 'an answer', ofTheBot: true }], gone: ['hello', 'again', 'a call'] },
	{ filter: 'mentions', lines: [{ name: 'to bea', text: 'hello @bea' }, ...say('hello bea')], gone: ['to bea'] },
	{
		filter: 'emoji',
		lines: [{ name: 'an owl', text: '<:owl:123456789012345678>' }, ...say('🦉', ':owl:')],
		gone: ['an owl']
	},
	{ filter: 'stickers', lines: [{ name: 'with a sticker', sticker: true }, ...say('without')], gone: ['with a sticker'] },
	{
		filter: 'duplicates',
		lines: [{ name: 'first', text: 'same' }, { name: 'second', text: 'SAME' }, { name: 'third', text: 'same' }, ...say('other')],
		gone: ['first', 'second']
	},
	{
		filter: 'before',
		options: (linkTo) => ({ message: linkTo('c'), amount: 1 }),
		lines: say('a', 'b', 'c', 'd'),
		gone: ['b']
	},
	{ filter: 'after', options: (linkTo) => ({ message: linkTo('b') }), lines: say('a', 'b', 'c', 'd'), gone: ['c', 'd'] },
	{
		filter: 'between',
		options: (linkTo) => ({ first: linkTo('d'), second: linkTo('a') }),
		lines: say('a', 'b', 'c', 'd'),
		gone: ['b', 'c']
	}
];

/** Commands that the scenes call, typed and picked. */
export const covered: readonly string[] = scenes.map(({ filter }) => `cleanup.clear-${filter}`);
