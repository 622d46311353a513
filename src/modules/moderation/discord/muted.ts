import { type APIGuildMember, type REST, Routes } from 'discord.js';

/** Discord answers at most this many members at once. */
const pageSize = 1_000;

export interface TimedOut {
	readonly id: string;
	readonly until: number;
}

/** Everybody in a server whom Discord keeps from speaking. There is no list of them: all members are read. */
export async function timedOutMembers(rest: Pick<REST, 'get'>, guildId: string, now: number): Promise<readonly TimedOut[]> {
	const found: TimedOut[] = [];
	for (let after = '0'; ; ) {
		const query = new URLSearchParams({ limit: String(pageSize), after });
		const page = (await rest.get(Routes.guildMembers(guildId), { query })) as APIGuildMember[];
		for (const { user, communication_disabled_until: until } of page) {
			if (until && Date.parse(until) > now) found.push({ id: user.id, until: Date.parse(until) });
		}
		const last = page.at(-1);
		if (last === undefined || page.length < pageSize) return found;
		after = last.user.id;
	}
}
