import { cityMapping } from 'city-timezones';
import { DateTime, IANAZone } from 'luxon';
import { fixedOffset, isFixedOffset, suggestOffsets } from './fixedOffsets.js';

/** A zone that a name may stand for. */
export interface ZoneMatch {
	/** IANA name, such as `Europe/Paris`, or a fixed offset such as `UTC+2`. */
	readonly zone: string;
	/** Why: a place such as "Paris, France", or the zone's own name. */
	readonly place: string;
}

/** Discord: a select menu and an autocomplete take 25. */
export const mostMatches = 25;
/** No place of the list has a longer name with its province and country. */
const longestName = 100;

const zoneNames: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** True for every name that this runtime can calculate with, old spellings too. */
export function isZone(zone: string): boolean {
	return isFixedOffset(zone) || IANAZone.isValidZone(zone);
}

const continents = /^(?:africa|america|antarctica|arctic|asia|atlantic|australia|europe|indian|pacific)\//i;

/**
 * How a zone is written that this runtime does not list. Old names such as `us/pacific` become the one that they stand for; where the name
 * is a place it stays, since runtimes still call Kolkata Calcutta. Null when there is no such zone.
 */
function unlistedZone(typed: string): string | null {
	if (!typed.includes('/') || !IANAZone.isValidZone(typed)) return null;
	if (!continents.test(typed)) return new Intl.DateTimeFormat('en', { timeZone: typed }).resolvedOptions().timeZone;
	return typed.toLowerCase().replaceAll(/(?<=^|[/_-])(?!of_)\p{L}/gu, (letter) => letter.toUpperCase());
}

/** The names of one spelling under which a place is found: no accents, case, dots or underscores. */
function folded(text: string): string {
	return text
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.toLowerCase()
		.replaceAll(/[_.,'’-]+/g, ' ')
		.replaceAll(/\s+/g, ' ')
		.trim();
}

interface Places {
	readonly zones: ReadonlyMap<string, string>;
	/** Folded city → its places, the largest first. */
	readonly cities: ReadonlyMap<string, readonly ZoneMatch[]>;
	/** Folded country, two-letter or three-letter code → one match a zone, the zone with the most people first. */
	readonly countries: ReadonlyMap<string, readonly ZoneMatch[]>;
}

let table: Places | null = null;

/** Made when it is asked for: a start has no use for it. */
function places(): Places {
	table ??= build();
	return table;
}

function build(): Places {
	const cities = new Map<string, ZoneMatch[]>();
	const countries = new Map<string, ZoneMatch[]>();
	// `isZone` is slow: it is left for the names that this runtime does not list.
	const listed = new Set(zoneNames);
	const usable = new Set(
		[...new Set(cityMapping.map((city) => city.timezone))].filter((zone) => listed.has(zone) || (zone && isZone(zone)))
	);
	const largestFirst = cityMapping.filter((city) => usable.has(city.timezone)).sort((a, b) => b.pop - a.pop);
	for (const { province, country, iso2, iso3, timezone: zone, ...names } of largestFirst) {
		// The list holds a few numbers where names should be.
		const [city, city_ascii] = [String(names.city), String(names.city_ascii)];
		const place = [city, province === city ? '' : province, country].filter(Boolean).join(', ');
		for (const name of new Set([folded(city), folded(city_ascii)])) append(cities, name, { zone, place });
		for (const name of new Set([folded(country), folded(String(iso2)), folded(String(iso3))])) {
			append(countries, name, { zone, place: `${city}, ${country}` });
		}
	}
	const zones = new Map<string, string>();
	for (const zone of zoneNames) {
		zones.set(folded(zone), zone);
		// "Kathmandu" of Asia/Kathmandu: for places that the list of cities lacks.
		const last = folded(zone.split('/').at(-1) ?? zone);
		if (!zones.has(last)) zones.set(last, zone);
	}
	return { zones, cities, countries };
}

function append(map: Map<string, ZoneMatch[]>, name: string, match: ZoneMatch): void {
	const known = map.get(name);
	if (!known) map.set(name, [match]);
	else if (!known.some((other) => other.zone === match.zone)) known.push(match);
}

/** Short forms that people write and no list of places holds. */
const shortForms: ReadonlyMap<string, string> = new Map([
	['gmt', 'UTC'],
	['z', 'UTC'],
	['usa', 'us'],
	['uk', 'gb'],
	['england', 'gb'],
	['great britain', 'gb'],
	['nyc', 'new york'],
	['la', 'los angeles'],
	['sf', 'san francisco']
]);

/** What people call their clock; where a name means more than one, all of them. Without these, EST would be Estonia. */
const clockNames: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
	...['est', 'edt'].map((name) => [name, ['America/New_York']] as const),
	['cst', ['America/Chicago', 'Asia/Shanghai', 'America/Havana']],
	['cdt', ['America/Chicago', 'America/Havana']],
	...['mst', 'mdt'].map((name) => [name, ['America/Denver']] as const),
	...['pst', 'pdt'].map((name) => [name, ['America/Los_Angeles']] as const),
	['bst', ['Europe/London']],
	...['wet', 'west'].map((name) => [name, ['Europe/Lisbon']] as const),
	...['cet', 'cest'].map((name) => [name, ['Europe/Paris']] as const),
	...['eet', 'eest'].map((name) => [name, ['Europe/Athens']] as const),
	['ist', ['Asia/Kolkata', 'Europe/Dublin', 'Asia/Jerusalem']],
	['jst', ['Asia/Tokyo']],
	...['aest', 'aedt'].map((name) => [name, ['Australia/Sydney']] as const)
]);

/**
 * The zones that `query` may stand for: an IANA name, an offset from UTC, a city or a country. One: that is it. More: the person chooses
 * (the most likely first, 25 at most). None: there is no such place.
 */
export function findZones(query: string): readonly ZoneMatch[] {
	const trimmed = query.trim();
	const exact = zoneNames.find((zone) => zone.toLowerCase() === trimmed.replaceAll(' ', '_').toLowerCase());
	if (exact) return [{ zone: exact, place: exact }];
	const offset = fixedOffset(trimmed);
	if (offset !== null) return [{ zone: offset, place: offset }];
	const unlisted = unlistedZone(trimmed.replaceAll(' ', '_'));
	if (unlisted !== null) return [{ zone: unlisted, place: trimmed }];
	if (folded(trimmed) === '' || trimmed.length > longestName) return [];
	const short = shortForms.get(folded(trimmed)) ?? trimmed;
	const [name = '', ...after] = short.split(',').map(folded);
	const { zones, cities, countries } = places();
	const matches = [...(cities.get(name) ?? []), ...(countries.get(name) ?? [])];
	const qualified = after.length === 0 ? matches : matches.filter((match) => after.every((word) => folded(match.place).includes(word)));
	const own = zones.get(name);
	const clocks = after.length === 0 ? (clockNames.get(name) ?? []) : [];
	if (clocks.length > 0) return distinct([...clocks.map((zone) => ({ zone, place: zone })), ...matches]);
	return distinct(qualified.length > 0 ? qualified : own && after.length === 0 ? [{ zone: own, place: own }] : []);
}

/** Zones and places that go on from what was typed so far, for autocomplete. */
export function suggestZones(typed: string): readonly ZoneMatch[] {
	const wanted = folded(typed);
	if (wanted === '') return zoneNames.slice(0, mostMatches).map((zone) => ({ zone, place: zone }));
	const offsets = suggestOffsets(typed);
	if (offsets !== null) return offsets.slice(0, mostMatches).map((zone) => ({ zone, place: zone }));
	const { cities, countries } = places();
	const byPlace = [...cities, ...countries].filter(([name]) => name.startsWith(wanted)).flatMap(([, matches]) => matches);
	const byZone = zoneNames.filter((zone) => folded(zone).includes(wanted)).map((zone) => ({ zone, place: zone }));
	return distinct([...findZones(typed), ...byPlace, ...byZone]);
}

function distinct(matches: readonly ZoneMatch[]): ZoneMatch[] {
	const byZone = new Map<string, ZoneMatch>();
	for (const match of matches) if (!byZone.has(match.zone)) byZone.set(match.zone, match);
	return [...byZone.values()].slice(0, mostMatches);
}

/** "March 4th 5:07 PM"-like: day and time in `zone` as `locale` writes them. */
export function localTime(zone: string, now: number, locale: string): string {
	return DateTime.fromMillis(now, { zone, locale }).toLocaleString({
		weekday: 'long',
		month: 'long',
		day: 'numeric',
		hour: 'numeric',
		minute: '2-digit'
	});
}

/** `+05:45`: how far `zone` is from UTC at `now`. */
export function offsetText(zone: string, now: number): string {
	return DateTime.fromMillis(now, { zone }).toFormat('ZZ');
}
