import { expect, test } from 'vitest';
import { formatSize, fromNow } from '../../../emulator/page/src/common/time.js';
import type { LedgerEntry } from '../../../emulator/page/src/connection/control.js';
import { parseMarkdown } from '../../../emulator/page/src/message/markdownTree.js';
import { sentence } from '../../../emulator/page/src/shell/ledgerText.js';

const now = Date.UTC(2026, 0, 1);

test.each([
	[0, 'now'],
	[59_000, 'in 59 seconds'],
	[60_000, 'in 1 minute'],
	[-3_600_000, '1 hour ago'],
	[86_400_000, 'tomorrow'],
	[-400 * 86_400_000, 'last year']
])('%i ms from now is read as "%s"', (ms, words) => {
	expect(fromNow(now + ms, now)).toBe(words);
});

test('sizes are read in thousands', () => {
	expect([999, 1_000, 2_500_000].map(formatSize)).toEqual(['999 bytes', '1.0 kB', '2.5 MB']);
});

test('lists get their signs, and code stays as it was written', () => {
	const flat = JSON.stringify(parseMarkdown('- one\n```\n- two\n```', true));
	expect(flat).toContain('•');
	expect(flat).toContain('- two');
});

test('marks of Discord are told apart', () => {
	const types = (text: string) => parseMarkdown(text, true).map(({ type }) => type);
	expect(types('<@123456789012345678>')).toEqual(['user']);
	expect(types('<#123456789012345678>')).toEqual(['channel']);
	expect(types('<t:1800000000:R>')).toEqual(['timestamp']);
	expect(types('## Title')).toEqual(['heading']);
});

const entry = (fields: Partial<LedgerEntry>): LedgerEntry => ({
	id: 1,
	at: now,
	by: 'bot',
	userId: null,
	method: 'GET',
	path: '/x',
	route: null,
	query: {},
	files: [],
	reason: null,
	status: 200,
	code: null,
	...fields
});

test.each([
	[{ method: 'POST', route: '/channels/:channelId/messages' }, 'sent a message'],
	[{ method: 'POST', route: '/interactions/:interactionId/:token/callback', body: { type: 9 } }, 'showed a form'],
	[{ method: 'PATCH', route: '/webhooks/:applicationId/:token/messages/@original' }, 'filled in its answer'],
	[{ method: 'PUT', route: '/guilds/:guildId/bans/:userId' }, 'set bans'],
	[{ method: 'GET', route: null, path: '/guilds/1/audit-logs' }, 'read audit logs']
])('the ledger reads %o as "%s"', (fields, words) => {
	expect(sentence(entry(fields))).toBe(words);
});
