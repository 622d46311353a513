import type { APIEmbed } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Pagers, type Turn } from '#lib/components/pager/pagers.js';
import { pagesOfEmbeds, pagesOfLines } from '#lib/components/pager/pagesView.js';
import { goToForm, pageView } from '#lib/components/pager/view.js';
import { embedLength, limits } from '#lib/discord/limits.js';
import { loadLanguages } from '#lib/i18n/languages.js';
import { hostileTexts } from '../discord/hostileTexts.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const t = loadLanguages().translator('en-US');
const owner = { userId: 'ana', channelId: 'c1', module: 'reminders' };
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

function open(count: number, pagers = new Pagers()) {
	const pages = pagesOfLines({ title: 'Lines', lines: lines(count) });
	const { nonce } = pagers.open(owner, pages);
	const press = { nonce, userId: 'ana', channelId: 'c1' };
	const turn = (way: Turn) => {
		const outcome = pagers.turn(press, way);
		return outcome.ok ? outcome.value.index : outcome.code;
	};
	return { pagers, nonce, press, turn };
}

test('pages turn, and go on at the other end', () => {
	const { turn } = open(25);
	expect([turn('next'), turn('next'), turn('next'), turn('previous'), turn('first'), turn('last')]).toEqual([1, 2, 0, 2, 0, 2]);
});

test('presses that arrive together each turn once', async () => {
	const { turn } = open(100);
	const results = await Promise.all([1, 2, 3].map(async () => turn('next')));
	expect(results).toEqual([1, 2, 3]);
});

test('only the one who called may press', () => {
	const { pagers, press } = open(25);
	const bob = { ...press, userId: 'bob' };
	const notYours = { ok: false, code: 'not-yours' };
	expect([pagers.turn(bob, 'next'), pagers.goTo(bob, '2'), pagers.remove(bob), pagers.visit(bob)]).toEqual(Array(4).fill(notYours));
	expect(pagers.visit(press)).toMatchObject({ ok: true, value: { index: 0 } });
});

test('a forged nonce, another channel and another process find nothing', () => {
	const { pagers, press } = open(25);
	const expired = { ok: false, code: 'expired' };
	expect(pagers.turn({ ...press, nonce: 'x' }, 'next')).toEqual(expired);
	expect(pagers.turn({ ...press, channelId: 'c2' }, 'next')).toEqual(expired);
	expect(new Pagers().turn(press, 'next')).toEqual(expired);
});

test.each([
	['1', 0],
	['3', 2],
	[' 2 ', 1],
	['0', 'no-such-page'],
	['4', 'no-such-page'],
	['-1', 'no-such-page'],
	['1.5', 'no-such-page'],
	['1e0', 'no-such-page'],
	['', 'no-such-page'],
	['٢', 'no-such-page'],
	['99999999999999999999', 'no-such-page']
])('going to "%s"', (wanted, expected) => {
	const { pagers, press } = open(25);
	const outcome = pagers.goTo(press, wanted);
	expect(outcome.ok ? outcome.value.index : outcome.code).toBe(expected);
});

test('a removed pager is gone, for the second press too', () => {
	const { pagers, press } = open(25);
	expect(pagers.remove(press)).toMatchObject({ ok: true });
	expect(pagers.remove(press)).toEqual({ ok: false, code: 'expired' });
});

test('180 seconds after the last press it is over, and says on which page it stood', () => {
	const { pagers, press, turn } = open(25);
	const onIdle = vi.fn();
	pagers.start(press.nonce, onIdle);
	vi.advanceTimersByTime(179_000);
	expect(turn('next')).toBe(1);
	vi.advanceTimersByTime(179_999);
	expect(onIdle).not.toHaveBeenCalled();
	vi.advanceTimersByTime(1);
	expect(onIdle).toHaveBeenCalledExactlyOnceWith(1);
	expect(turn('next')).toBe('expired');
});

test('a pager that was pushed out leaves no timer', () => {
	const pagers = new Pagers(180_000, 1);
	const { press } = open(25, pagers);
	pagers.start(press.nonce, vi.fn());
	open(25, pagers);
	expect(pagers.visit(press)).toEqual({ ok: false, code: 'expired' });
	expect(vi.getTimerCount()).toBe(0);
});

describe('pages of lines', () => {
	test.each([
		[0, 1],
		[1, 1],
		[10, 1],
		[11, 2],
		[101, 11]
	])('%d lines make %d pages', (count, pages) => {
		expect(pagesOfLines({ title: '', lines: lines(count) }).count).toBe(pages);
	});

	test('every line is shown once, in order', () => {
		const pages = pagesOfLines({ title: 'Lines', lines: lines(25) });
		const shown = [0, 1, 2].flatMap((index) => pages.render(index, t).description?.split('\n'));
		expect(shown).toEqual(lines(25));
	});

	test('numbers go on over the pages', () => {
		expect(pagesOfLines({ title: '', lines: lines(11), numbered: true }).render(1, t).description).toBe('`11` line 11');
	});

	const listed = (name: string, count: number) =>
		`${name}: ${Array.from({ length: count }, (_, index) => `<@&${10 ** 18 + index}>`).join(', ')}`;
	const mentions = (texts: readonly (string | undefined)[]) => texts.flatMap((text) => text?.match(/<@&\d+>/g) ?? []);
	const descriptions = (pages: ReturnType<typeof pagesOfLines>) =>
		Array.from({ length: pages.count }, (_, index) => pages.render(index, t).description);

	test('long lines are whole, on as many pages as they need', () => {
		const long = ['ban', 'kick', 'mute'].map((name) => listed(name, 90));
		const shown = descriptions(pagesOfLines({ title: 'Lines', lines: [...long, ...lines(8)] }));
		expect(shown).toHaveLength(3);
		expect(shown.join('\n').split('\n')).toEqual([...long, ...lines(8)]);
		expect(shown.every((text) => text !== undefined && text.length <= limits.description)).toBe(true);
	});

	test('a line that is longer than a page goes on in the next, between two of the things that it lists', () => {
		const line = listed('ban', 250);
		const shown = descriptions(pagesOfLines({ title: 'Lines', lines: [line, 'kick'], numbered: true }));
		expect(shown).toHaveLength(2);
		expect(shown.every((text) => text !== undefined && text.length <= limits.description)).toBe(true);
		expect(mentions(shown)).toEqual(mentions([line]));
		expect(shown[1]).toMatch(/>\n`2` kick$/);
	});

	test('an empty list says so', () => {
		expect(pagesOfLines({ title: '', lines: [] }).render(0, t).description).toBe('There is nothing here.');
	});

	test.each(hostileTexts)('%s fits', (_, text) => {
		const pages = pagesOfLines({ title: text, lines: Array(15).fill(text), numbered: true });
		expect(pages.render(0, t).description?.length).toBeLessThanOrEqual(limits.description);
		expect(embedLength(pages.render(0, t))).toBeLessThanOrEqual(limits.embedTotal);
	});
});

test('embeds keep their footer before the page number', () => {
	const embeds: APIEmbed[] = [{ footer: { text: 'module: afk' } }, { description: 'b' }];
	const pages = pagesOfEmbeds(embeds);
	expect(pages.render(0, t).footer?.text).toBe('module: afk ・ Page 1 of 2');
	expect(pages.render(1, t)).toEqual({ description: 'b', footer: { text: 'Page 2 of 2' } });
	expect(pagesOfEmbeds([]).render(0, t).description).toBe('There is nothing here.');
});

describe('what is sent', () => {
	const place = (count: number, index = 0) => ({ nonce: 'n', pages: pagesOfLines({ title: 'x', lines: lines(count) }), index });
	const disabled = (view: ReturnType<typeof pageView>) => view.components.flatMap((row) => row.components).map((button) => button.disabled);

	test('one page has no buttons', () => {
		expect(pageView(place(10), t).components).toEqual([]);
	});

	test('at an end the button that leads nowhere is grey', () => {
		expect(disabled(pageView(place(25, 0), t))).toEqual([true, false, false, false, false, false]);
		expect(disabled(pageView(place(25, 2), t))).toEqual([false, false, false, true, false, false]);
	});

	test('when it is over every button is grey', () => {
		expect(disabled(pageView(place(25, 1), t, true))).toEqual(Array(6).fill(true));
	});

	test('the form asks for a number within the pages', () => {
		const form = goToForm(place(25), t);
		expect(form.title.length).toBeLessThanOrEqual(limits.modalTitle);
		expect(JSON.stringify(form)).toContain('1 to 3');
	});
});
