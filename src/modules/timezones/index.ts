import type { Infrastructure } from '#lib/infrastructure.js';
import { zoneRepository } from './repository.js';
import { Timezones } from './service.js';

export type TimezonesService = Timezones;

/** Everybody's own time zone. */
export function timezonesModule({ database }: Pick<Infrastructure, 'database'>): TimezonesService {
	return new Timezones(zoneRepository(database.prisma));
}
