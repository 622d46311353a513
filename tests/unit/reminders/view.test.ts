import { expect, test } from 'vitest';
import { loadLanguages } from '#lib/i18n/languages.js';
import type { Reminder } from '#modules/reminders/domain.js';
import { listLines, reminderMessage, setText } from '#modules/reminders/view.js';

const t = loadLanguages().translator('en-US');
const hours = 3_600_000;
const now = Date.UTC(2026, 0, 1);
const reminder: Reminder = {
	id: 7,
	userId: '100000000000000001',
	guildId: '200000000000000001',
	channelId: '300000000000000001',
	messageId: '400000000000000001',
	text: 'tea',
	dueAt: now + hours,
	everyMs: null,
	inDm: false,
	occurrence: 0,
	sentAt: null,
	seriesAt: null,
	createdAt: now
};

test.each([
	[1, 'every hour'],
	[2, 'every 2 hours'],
	[24, 'every day'],
	[25, 'every 1 day and 1 hour'],
	[48, 'every 2 days'],
	[168, 'every week']
])('what comes again after %i hours comes "%s", wherever that is said', (every, words) => {
	const repeated = { ...reminder, everyMs: every * hours };
	expect(setText(repeated, 'add', t, 'en-US')).toContain(`It comes again ${words}.`);
	expect(reminderMessage(repeated, null, t, 'en-US').embeds[0]?.description).toContain(`It comes again ${words}.`);
	expect(listLines([repeated], now, t, 'en-US')[0]).toMatch(new RegExp(` · ${words}$`));
});
