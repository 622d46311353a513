import { type APIActionRowComponent, type APIStringSelectComponent, ComponentType } from 'discord.js';
import { markup } from '#lib/core/markdown.js';
import { cut, limits } from '#lib/discord/limits.js';
import type { Translate } from '#lib/i18n/languages.js';
import { isFixedOffset } from '#lib/time/fixedOffsets.js';
import { localTime, offsetText, type ZoneMatch } from '#lib/time/zones.js';
import { pickZoneId } from './ids.js';

/** The sentence for a zone, or the one for a clock that is never changed: its name says the offset already. */
export function zoneKey<const Key extends 'view.own' | 'view.other' | 'set.done'>(
	key: Key,
	zone: string
): `timezones:${Key}` | `timezones:${Key}-fixed` {
	return isFixedOffset(zone) ? `timezones:${key}-fixed` : `timezones:${key}`;
}

/** What is said about a zone: its time and name. */
export function zoneValues(zone: string, now: number, locale: string) {
	return { time: localTime(zone, now, locale), zone, offset: markup(offsetText(zone, now)) };
}

/** The zones between which `userId` has to choose; each with its time now, by which he knows his own. */
export function zoneSelect(
	userId: string,
	matches: readonly ZoneMatch[],
	now: number,
	t: Translate,
	locale: string
): APIActionRowComponent<APIStringSelectComponent> {
	const options = matches.slice(0, limits.selectOptions).map(({ zone, place }) => ({
		label: cut(place, limits.selectOption),
		description: cut(`${zone} · ${localTime(zone, now, locale)}`, limits.selectOption),
		value: zone
	}));
	const select: APIStringSelectComponent = {
		type: ComponentType.StringSelect,
		custom_id: pickZoneId.encode({ userId }),
		placeholder: cut(t('timezones:set.which'), limits.placeholder),
		options
	};
	return { type: ComponentType.ActionRow, components: [select] };
}
