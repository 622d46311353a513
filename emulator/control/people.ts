import type { Json } from '../state/types.js';
import type { ControlTable } from './server.js';

/** As many as a page can list. */
const LISTED = 500;

/** Everybody whom a visitor of the playground can act as, in the order they came: `{ id, name, display_name, token }`. */
export function peopleControl(table: ControlTable): void {
	table.on('GET', '/people', ({ rest }) => {
		const people: Json[] = [];
		for (const { user, token, kind } of rest.discord.world.accounts.values()) {
			if (kind !== 'user') continue;
			people.push({ id: user.id, name: user.username, display_name: user.global_name ?? user.username, token });
			if (people.length === LISTED) break;
		}
		return people;
	});
}
