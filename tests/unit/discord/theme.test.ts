import { describe, expect, test } from 'vitest';
import { limits } from '#lib/discord/limits.js';
import { colours, marks, notice } from '#lib/discord/theme.js';
import { hostileTexts } from './hostileTexts.js';

const ana = { id: '123456789012345678' };

test.each(['success', 'warning', 'error'] as const)('%s has its colour, its mark and the mention', (tone) => {
	expect(notice(tone, 'Done.', ana)).toEqual({ color: colours[tone], description: `> ${marks[tone]} <@${ana.id}>: Done.` });
});

test('neutral has neither mark nor mention', () => {
	expect(notice('neutral', 'Done.', ana).description).toBe('> Done.');
});

test('every line stays in the quote', () => {
	expect(notice('neutral', 'a\nb', ana).description).toBe('> a\n> b');
});

describe.each(hostileTexts)('%s', (_, text) => {
	test('fits', () => {
		expect(notice('error', text, ana).description?.length).toBeLessThanOrEqual(limits.description);
	});
});
