import { accept, type Outcome, refuse } from '#lib/core/outcome.js';
import { findZones, isZone, suggestZones, type ZoneMatch } from '#lib/time/zones.js';
import type { ZoneRepository } from './repository.js';

/** The zone that was set, or those between which the person has to choose. */
export type Chosen = { readonly zone: string } | { readonly matches: readonly ZoneMatch[] };

export class Timezones {
	readonly #zones: ZoneRepository;

	public constructor(zones: ZoneRepository) {
		this.#zones = zones;
	}

	/** A person's own time zone; null when he told none, or one that is no longer known. */
	public async zoneOf(userId: string): Promise<string | null> {
		const zone = await this.#zones.find(userId);
		return zone !== null && isZone(zone) ? zone : null;
	}

	/** Sets the zone that `place` (an IANA name, a city or a country) stands for, when that is one only. */
	public async choose(userId: string, place: string): Promise<Outcome<Chosen, 'no-place' | 'already'>> {
		const matches = findZones(place);
		const [match, another] = matches;
		if (!match) return refuse('no-place', { given: place });
		if (another) return accept({ matches });
		if ((await this.#zones.find(userId)) === match.zone) return refuse('already', { zone: match.zone });
		await this.#zones.set(userId, match.zone);
		return accept({ zone: match.zone });
	}

	/** Sets exactly this zone. */
	public async set(userId: string, zone: string): Promise<Outcome<string, 'no-place'>> {
		if (!isZone(zone)) return refuse('no-place', { given: zone });
		await this.#zones.set(userId, zone);
		return accept(zone);
	}

	/** True when there was one. */
	public unset(userId: string): Promise<boolean> {
		return this.#zones.unset(userId);
	}

	public suggest(typed: string): readonly ZoneMatch[] {
		return suggestZones(typed);
	}
}
