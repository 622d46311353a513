import { beforeEach, expect, test } from 'vitest';
import { Timezones } from '#modules/timezones/service.js';

let stored: Map<string, string>;
let timezones: Timezones;

beforeEach(() => {
	stored = new Map();
	timezones = new Timezones({
		find: async (userId) => stored.get(userId) ?? null,
		set: async (userId, zone) => void stored.set(userId, zone),
		unset: async (userId) => stored.delete(userId)
	});
});

test('a place with one zone is set at once, by its name, its city or its country', async () => {
	for (const [place, zone] of [
		['europe/paris', 'Europe/Paris'],
		['munich', 'Europe/Berlin'],
		['Japan', 'Asia/Tokyo']
	] as const) {
		expect(await timezones.choose('ana', place)).toEqual({ ok: true, value: { zone } });
		expect(await timezones.zoneOf('ana')).toBe(zone);
	}
});

test('a place with several zones is asked about and not guessed', async () => {
	const outcome = await timezones.choose('ana', 'Birmingham');
	expect(outcome).toMatchObject({ ok: true, value: { matches: expect.any(Array) } });
	expect(stored.size).toBe(0);
});

test('the zone that is set already is not set again', async () => {
	await timezones.choose('ana', 'munich');
	expect(await timezones.choose('ana', 'Europe/Berlin')).toEqual({ ok: false, code: 'already', values: { zone: 'Europe/Berlin' } });
});

test('an unknown place is refused', async () => {
	expect(await timezones.choose('ana', 'Atlantis')).toMatchObject({ ok: false, code: 'no-place' });
});

test('what a client sends as the picked zone is looked at', async () => {
	expect(await timezones.set('ana', 'Mars/Olympus')).toMatchObject({ ok: false, code: 'no-place' });
	expect(await timezones.set('ana', 'America/Chicago')).toEqual({ ok: true, value: 'America/Chicago' });
});

test('a stored zone that nobody knows any more counts as none', async () => {
	stored.set('ana', 'Old/Name');
	expect(await timezones.zoneOf('ana')).toBeNull();
});

test('forgetting says whether there was something to forget', async () => {
	await timezones.set('ana', 'UTC');
	expect(await timezones.unset('ana')).toBe(true);
	expect(await timezones.unset('ana')).toBe(false);
	expect(await timezones.zoneOf('ana')).toBeNull();
});

test('nobody sees another person’s zone as his own', async () => {
	await timezones.set('ana', 'UTC');
	expect(await timezones.zoneOf('bob')).toBeNull();
});
