import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { fixedOffset, isFixedOffset, suggestOffsets } from '#lib/time/fixedOffsets.js';
import { nextOccurrence } from '#lib/time/recurrence.js';
import { leadingTime } from '#lib/time/when.js';
import { isZone } from '#lib/time/zones.js';

describe('an offset from UTC', () => {
	test.each([
		['UTC+2', 'UTC+2', 120],
		['utc + 02:00', 'UTC+2', 120],
		['GMT-3', 'UTC-3', -180],
		['+05:30', 'UTC+5:30', 330],
		['+0530', 'UTC+5:30', 330],
		['-3:30', 'UTC-3:30', -210],
		['\u22123', 'UTC-3', -180],
		['UTC-12', 'UTC-12', -720],
		['UTC+14', 'UTC+14', 840],
		['UTC+0', 'UTC', 0],
		['-00:00', 'UTC', 0],
		['UTC-0:30', 'UTC-0:30', -30],
		// IANA: the sign of these is turned.
		['Etc/GMT-2', 'UTC+2', 120],
		['etc/gmt+8', 'UTC-8', -480]
	])('%s is %s', (typed, zone, minutes) => {
		expect(fixedOffset(typed)).toBe(zone);
		expect(DateTime.fromMillis(0, { zone }).offset).toBe(minutes);
		expect(isZone(zone)).toBe(true);
		expect(isFixedOffset(zone)).toBe(zone !== 'UTC');
	});

	test.each(['UTC', 'UTC+15', 'UTC-12:15', '+5:20', '+5:75', '2', '+', 'UTC+2 tea', 'Etc/GMT+', 'Europe/Paris', ''])(
		'"%s" is none',
		(typed) => {
			expect(fixedOffset(typed)).toBeNull();
		}
	);

	test('only the name that is stored counts as a zone', () => {
		expect(['UTC+02:00', 'utc+2', 'UTC+15', 'UTC+2; drop'].map((zone) => isZone(zone))).toEqual([false, false, false, false]);
	});
});

test('offsets are offered once a person begins to write one', () => {
	expect(suggestOffsets('utc')?.slice(0, 3)).toEqual(['UTC', 'UTC+1', 'UTC+2']);
	expect(suggestOffsets('UTC -')?.slice(0, 2)).toEqual(['UTC-1', 'UTC-2']);
	expect(suggestOffsets('+05')).toEqual(['UTC+5', 'UTC+5:30', 'UTC+5:45']);
	expect(suggestOffsets('gmt+1:15')).toEqual(['UTC+1:15']);
	expect(suggestOffsets('gmt+99')).toEqual([]);
	expect([suggestOffsets(''), suggestOffsets('utc london'), suggestOffsets('Paris')]).toEqual([null, null, null]);
});

test('clock times and series of reminders are reckoned in it', () => {
	const now = Date.UTC(2026, 2, 4, 16, 7);
	expect(leadingTime('tomorrow 9am tea', now, 'UTC+5:30')).toEqual({ at: Date.UTC(2026, 2, 5, 3, 30), rest: 'tea', kind: 'zone' });
	expect(leadingTime('9am tea', now, 'UTC-8')).toMatchObject({ at: Date.UTC(2026, 2, 4, 17) });
	const day = 86_400_000;
	expect(nextOccurrence(Date.UTC(2026, 2, 28, 7), day, Date.UTC(2026, 2, 29, 8), 'UTC+2')).toBe(Date.UTC(2026, 2, 30, 7));
});
