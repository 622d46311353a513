import { describe, expect, test } from 'vitest';
import {
	chooser,
	type Filter,
	isMassWork,
	madeAt,
	type Reach,
	rangeOf,
	type SeenMessage,
	select as selectChosen,
	testOf
} from '../../../src/modules/cleanup/domain.js';
import { readPattern } from '../../../src/modules/cleanup/pattern.js';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 1);
const idAt = (at: number, more = 0) => ((BigInt(at) - 1_420_070_400_000n) * 4_194_304n + BigInt(more)).toString();

function message(change: Partial<SeenMessage> = {}): SeenMessage {
	const nothing = { hasImage: false, hasEmbed: false, hasSticker: false, hasMention: false, hasReaction: false };
	return { id: idAt(now - 1_000), authorId: '1', isBot: false, content: 'hello', pinned: false, isDeletable: true, ...nothing, ...change };
}

const reach: Reach = { amount: 100, scan: 500, keepPinned: true, before: null, after: null };

function select(messages: readonly SeenMessage[], filter: Filter, wanted: Reach, at: number) {
	const chosen: string[] = [];
	chooser(filter, wanted, chosen)(messages);
	return selectChosen(chosen, at);
}

describe('what a filter means', () => {
	test.each<[string, Filter, Partial<SeenMessage>, boolean]>([
		['a text anywhere, in any case', { kind: 'contains', text: 'FREE nitro' }, { content: 'get free Nitro now' }, true],
		['a text in other letters', { kind: 'contains', text: 'free' }, { content: 'ｆ\u200bｒｅｅ' }, true],
		['another text', { kind: 'contains', text: 'free' }, { content: 'fee' }, false],
		['a beginning', { kind: 'startswith', text: '!play' }, { content: '  !PLAY that' }, true],
		['no beginning', { kind: 'startswith', text: '!play' }, { content: 'now !play' }, false],
		['an end', { kind: 'endswith', text: 'lol' }, { content: 'funny LOL ' }, true],
		['an invite', { kind: 'invites' }, { content: 'come to discord . gg/abc'.replace(' . ', '.') }, true],
		['an invite with what cannot be seen', { kind: 'invites' }, { content: 'discord\u200b.gg/abc' }, true],
		['a link that is no invite', { kind: 'invites' }, { content: 'https://example.org' }, false],
		['a link', { kind: 'links' }, { content: 'see https://example.org' }, true],
		['an emoji of a server', { kind: 'emoji' }, { content: '<a:wave:123456789012345678>' }, true],
		['an emoji that everybody has', { kind: 'emoji' }, { content: '👋' }, false],
		['a bot', { kind: 'bots' }, { isBot: true }, true],
		['a person', { kind: 'humans' }, { isBot: true }, false],
		['somebody else', { kind: 'member', userId: '2' }, {}, false]
	])('%s', (_, filter, change, fits) => {
		expect(testOf(filter)(message(change))).toBe(fits);
	});

	test('of equal messages of one person the newest stays', () => {
		const texts = ['same', 'Same ', 'other', 'SAME'].map((content, index) => message({ content, id: idAt(now - index * 1_000) }));
		expect(select([...texts, message({ content: 'same', authorId: '2' })], { kind: 'duplicates' }, reach, now).young).toEqual([
			texts[1]?.id,
			texts[3]?.id
		]);
	});
});

describe('what is chosen', () => {
	test('the newest so many; pinned ones and notices that nobody may delete stay', () => {
		const all = [
			message({ pinned: true }),
			message({ isDeletable: false }),
			message({ id: idAt(now - 2_000) }),
			message({ id: idAt(now - 3_000) })
		];
		expect(select(all, { kind: 'any' }, { ...reach, amount: 1 }, now)).toEqual({ young: [idAt(now - 2_000)], old: [], tooOld: 0 });
		expect(select(all, { kind: 'any' }, { ...reach, amount: 1, keepPinned: false }, now).young).toEqual([idAt(now - 1_000)]);
	});

	test('what is older than 14 days is taken one by one, fifty at most, and the rest is told', () => {
		const old = Array.from({ length: 60 }, (_, index) => message({ id: idAt(now - 14 * day - index * 1_000) }));
		const selection = select([message(), ...old], { kind: 'any' }, reach, now);
		expect(selection.young).toHaveLength(1);
		expect(selection.old).toHaveLength(50);
		expect(selection.tooOld).toBe(10);
	});

	test('nothing at or before the message that it begins after', () => {
		const all = [1, 2, 3].map((seconds) => message({ id: idAt(now - seconds * 1_000) }));
		expect(select(all, { kind: 'any' }, { ...reach, after: all[1]?.id ?? null }, now).young).toEqual([all[0]?.id]);
	});

	test('page by page, until it is enough; what repeats is told across pages', () => {
		const pages = [1, 2, 3].map((seconds) => [message({ id: idAt(now - seconds * 1_000) })]);
		const chosen: string[] = [];
		const isEnough = chooser({ kind: 'any' }, { ...reach, amount: 2 }, chosen);
		expect(pages.map(isEnough)).toEqual([false, true, true]);
		expect(chosen).toEqual([idAt(now - 1_000), idAt(now - 2_000)]);

		const repeated: string[] = [];
		pages.forEach(chooser({ kind: 'duplicates' }, reach, repeated));
		expect(repeated).toEqual([idAt(now - 2_000), idAt(now - 3_000)]);
	});

	test('an id tells its time', () => {
		expect(madeAt(idAt(now))).toBe(now);
	});

	test.each([
		[100, 0, false],
		[101, 0, true],
		[0, 8, false],
		[0, 9, true]
	])('%i young and %i old ones: mass work is %s', (young, old, mass) => {
		expect(isMassWork({ young: Array(young).fill('1'), old: Array(old).fill('1'), tooOld: 0 })).toBe(mass);
	});
});

test('a range takes its messages in either order, of this channel alone', () => {
	const at = (messageId: string, channelId = '5') => ({ channelId, messageId });
	expect(rangeOf('5', at('20'), at('10'))).toEqual({ ok: true, value: { from: '10', to: '20' } });
	expect(rangeOf('5', at('20', '6'), null)).toMatchObject({ ok: false, code: 'other-channel' });
});

describe('patterns of people', () => {
	test('are read, and refused when they are none', () => {
		const read = readPattern('gift.*free');
		expect(read.ok && read.value('a GIFT for free')).toBe(true);
		expect(readPattern('(').ok).toBe(false);
		expect(readPattern('(?<=a)b').ok).toBe(false);
	});

	test('hold nobody up, however hostile', () => {
		const read = readPattern('(a+)+$');
		const start = performance.now();
		expect(read.ok && read.value(`${'a'.repeat(2_000)}!`)).toBe(false);
		expect(performance.now() - start).toBeLessThan(2_000);
	});
});
