import { afterEach, beforeEach, expect, test } from 'vitest';
import { filledField } from '#lib/components/formField.js';
import { fakeDiscord } from '../../support/fakeInteraction.js';

let discord: ReturnType<typeof fakeDiscord>;
beforeEach(() => {
	discord = fakeDiscord();
});
afterEach(() => discord.client.destroy());

const filled = (fields: Record<string, string>) => filledField(discord.form({ customId: 'x', fields }), 'text');

test('a field is read as it was typed, without what no database can keep', () => {
	expect(filled({ text: ' two\u200bwords\0 ' })).toBe(' two\u200bwords ');
});

test.each(['\u200b', '\u2800\u3164', ' \n\ufeff', '\0'])('a field of which people see nothing is refused: %j', (text) => {
	expect(() => filled({ text })).toThrow(expect.objectContaining({ context: expect.objectContaining({ code: 'empty-field' }) }));
});

test('a forged form without the field is refused', () => {
	expect(() => filled({ other: 'tea' })).toThrow(expect.objectContaining({ context: expect.objectContaining({ code: 'malformed' }) }));
});
