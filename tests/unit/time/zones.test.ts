import { expect, test } from 'vitest';
import { findZones, isZone, localTime, offsetText, suggestZones } from '#lib/time/zones.js';

const zones = (query: string) => findZones(query).map((match) => match.zone);

test.each([
	['Europe/Paris', 'Europe/Paris'],
	['europe/paris', 'Europe/Paris'],
	['America/New York', 'America/New_York'],
	['us/pacific', 'America/Los_Angeles'],
	['US/Eastern', 'America/New_York'],
	['asia/kolkata', 'Asia/Kolkata'],
	['America/port of spain', 'America/Port_of_Spain'],
	['Etc/UTC', 'UTC'],
	['UTC', 'UTC'],
	['UTC+0', 'UTC'],
	['UTC+2', 'UTC+2'],
	['gmt -3', 'UTC-3'],
	['+05:30', 'UTC+5:30'],
	['etc/gmt-2', 'UTC+2'],
	['gmt', 'UTC'],
	['Munich', 'Europe/Berlin'],
	['São Paulo', 'America/Sao_Paulo'],
	['sao paulo', 'America/Sao_Paulo'],
	['san francisco', 'America/Los_Angeles'],
	['nyc', 'America/New_York'],
	['Tokyo', 'Asia/Tokyo'],
	['japan', 'Asia/Tokyo'],
	['uk', 'Europe/London'],
	['Portland, Maine', 'America/New_York'],
	['Paris, France', 'Europe/Paris']
])('"%s" stands for %s', (query, zone) => {
	expect(findZones(query)[0]?.zone ?? null).toBe(zone);
});

test('the name of a clock is the zone that has it, and where it has another meaning the person chooses', () => {
	expect(zones('PST')).toEqual(['America/Los_Angeles']);
	expect(zones('cet')).toEqual(['Europe/Paris']);
	expect(zones('EST')).toEqual(['America/New_York', 'Europe/Tallinn']);
	expect(zones('IST')[0]).toBe('Asia/Kolkata');
	expect(zones('IST').length).toBeGreaterThan(1);
	expect([...'CST CDT EDT MST MDT PDT BST WET CEST EET JST AEST'.split(' ')].flatMap(zones).every(isZone)).toBe(true);
});

test.each(['', ' ', 'Atlantis', 'Europe/Atlantis', '../../etc/passwd', '+', '🍵'])('"%s" stands for nothing', (query) => {
	expect(zones(query)).toEqual([]);
});

test('a very long text stands for nothing', () => {
	expect(zones('x'.repeat(5_000))).toEqual([]);
});

test('a name with one zone is one match, a country with many gives them all, the largest city first', () => {
	expect(zones('Germany')).toEqual(['Europe/Berlin']);
	expect(zones('Birmingham')).toEqual(expect.arrayContaining(['Europe/London', 'America/Chicago']));
	expect(zones('usa')[0]).toBe('America/New_York');
	expect(zones('usa').length).toBeGreaterThan(3);
	expect(zones('usa').length).toBeLessThanOrEqual(25);
});

test('every match is a zone that can be calculated with, and is listed once', () => {
	for (const query of ['usa', 'russia', 'brazil', 'canada', 'springfield']) {
		const found = zones(query);
		expect(found.every(isZone)).toBe(true);
		expect(new Set(found).size).toBe(found.length);
	}
});

test('suggestions go on from what was typed, 25 at most', () => {
	expect(suggestZones('lond').map((match) => match.zone)).toContain('Europe/London');
	expect(suggestZones('europe/ber').map((match) => match.zone)).toContain('Europe/Berlin');
	expect(suggestZones('').length).toBe(25);
	expect(suggestZones('a').length).toBe(25);
	expect(suggestZones('zzzzz')).toEqual([]);
	expect(suggestZones('utc+').length).toBeGreaterThan(20);
	expect(suggestZones('GMT-3').map((match) => match.zone)).toEqual(['UTC-3', 'UTC-3:30']);
});

test('the time of a zone is written as the reader writes it', () => {
	const now = Date.UTC(2026, 2, 4, 16, 7);
	expect(localTime('Europe/Berlin', now, 'en-US').replaceAll('\u202f', ' ')).toBe('Wednesday, March 4 at 5:07 PM');
	expect(offsetText('Asia/Kathmandu', now)).toBe('+05:45');
	expect(offsetText('UTC', now)).toBe('+00:00');
	expect(localTime('UTC+5:30', now, 'en-US').replaceAll('\u202f', ' ')).toBe('Wednesday, March 4 at 9:37 PM');
	expect(offsetText('UTC-3:30', now)).toBe('-03:30');
});
