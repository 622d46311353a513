import { expect, test } from 'vitest';
import { attachmentOf, isLive, signed } from '../../../emulator/state/cdnLinks.js';

const now = Date.parse('2024-06-01T00:00:00Z');
const day = 24 * 3_600_000;
const link = signed('http://127.0.0.1:1/cdn/attachments/1/2/a%20b.png?old=1', now);
const query = new URL(link).searchParams;

test.each([
	['is good at once', 'attachments/1/2/a b.png', now, true],
	['is good within a day', 'attachments/1/2/a b.png', now + day - 1, true],
	['is over after a day', 'attachments/1/2/a b.png', now + day, false],
	['opens no other file', 'attachments/1/2/other.png', now, false]
])('a signed address %s', (_, path, at, expected) => {
	expect(isLive(path, query, at)).toBe(expected);
});

test('a longer life written into the address does not help', () => {
	const forged = new URLSearchParams(query);
	forged.set('ex', 'ffffffff');
	expect(isLive('attachments/1/2/a b.png', forged, now)).toBe(false);
	expect(isLive('attachments/1/2/a b.png', new URLSearchParams(), now)).toBe(false);
});

test.each([
	['of an attachment names its file', `${link}&x=1`, 'attachments/1/2/a b.png'],
	['of something else names none', 'http://127.0.0.1:1/cdn/avatars/1/2.png', null],
	['that is no address names none', 'attachments/1/2/a.png', null],
	['with a broken escape names none', 'http://127.0.0.1:1/cdn/attachments/1/2/%E0%A4%A.png', null]
])('an address %s', (_, url, path) => {
	expect(attachmentOf(url)).toBe(path);
});
