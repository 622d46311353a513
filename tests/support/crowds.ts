import type { House } from './house.js';
import type { StaffedServer } from './staff.js';

/** The ids of all who are banned. */
export async function bansOf({ id, owner }: StaffedServer): Promise<ReadonlySet<string>> {
	const bans = await owner.api.get(`/guilds/${id}/bans?limit=1000`);
	return new Set(Array.isArray(bans) ? bans.map((ban) => String(Object(Object(ban).user).id)) : []);
}

/** The ids of people who are in no server. */
export async function strangers({ discord }: House, count: number, name: string): Promise<readonly string[]> {
	const made: string[] = [];
	while (made.length < count) {
		const batch = Array.from({ length: Math.min(50, count - made.length) }, (_, index) => discord.user(`${name}${made.length + index}`));
		made.push(...(await Promise.all(batch)).map(({ id }) => id));
	}
	return made;
}
