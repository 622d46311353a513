import { FixedOffsetZone } from 'luxon';

/** The clocks of the world, in minutes from UTC. */
const earliest = -12 * 60;
const latest = 14 * 60;
/** Where a clock stands today on no full hour. */
const partHours = [-570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825];

/** `UTC+2`, `UTC-3:30`, as Luxon writes and reads them; `UTC` for none. */
function nameOf(minutes: number): string {
	return FixedOffsetZone.instance(minutes).name;
}

/** In the order of a list: from UTC eastwards, then westwards. */
const listed: readonly string[] = [...Array.from({ length: 27 }, (_, index) => index * 60 + earliest), ...partHours]
	.sort((a, b) => Number(a < 0) - Number(b < 0) || Math.abs(a) - Math.abs(b))
	.map(nameOf);

/** True for a name that {@link fixedOffset} answers, other than `UTC`. */
export function isFixedOffset(zone: string): boolean {
	return /^UTC[+-]/.test(zone) && fixedOffset(zone) === zone;
}

/**
 * The zone of `UTC+2`, `gmt -3`, `+05:30` or `+0530`: a clock that is never changed. Null for anything else.
 *
 * Of IANA's `Etc/GMT-2` the sign is turned: there it means two hours before UTC, where everybody else means the opposite.
 */
export function fixedOffset(typed: string): string | null {
	const match = /^(etc\/gmt|utc|gmt)?\s*([+\u2212\u2013-])\s*(\d{1,2})(?::?(\d{2}))?$/i.exec(typed.trim());
	if (match === null) return null;
	const [, before = '', sign, hours, minutes = '0'] = match;
	const isEast = (sign === '+') !== before.toLowerCase().startsWith('etc/');
	const total = (Number(hours) * 60 + Number(minutes)) * (isEast ? 1 : -1);
	return total < earliest || total > latest || Number(minutes) % 15 !== 0 || Number(minutes) > 45 ? null : nameOf(total);
}

/** The offsets that go on from what was typed so far. Null when that is no beginning of one. */
export function suggestOffsets(typed: string): readonly string[] | null {
	const match = /^(?:(utc|gmt)\s*)?(?:([+\u2212\u2013-])\s*0?([\d:]*))?$/i.exec(typed.trim());
	if (match === null || match[0] === '') return null;
	const [, , sign, rest = ''] = match;
	const start = sign === undefined ? 'UTC' : `UTC${sign === '+' ? '+' : '-'}${rest}`;
	const exact = fixedOffset(typed);
	const names = listed.filter((name) => name.startsWith(start));
	return exact === null ? names : [exact, ...names.filter((name) => name !== exact)];
}
