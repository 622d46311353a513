import type { Discord } from '../discord.js';
import type { Guild } from '../state/guild.js';
import type { JsonObject } from '../state/types.js';

const [scheduled, active, completed] = [1, 2, 3];
const external = 3;

/**
 * An event somewhere else begins and ends by itself at its times; one in a channel is begun by people.
 * https://discord.com/developers/docs/resources/guild-scheduled-event#guild-scheduled-event-object-guild-scheduled-event-status
 */
export function keepTime(discord: Discord, guild: Guild, event: JsonObject): void {
	const at = turnOf(event);
	if (at === null) return;
	discord.world.clock.after(Math.max(at - discord.world.clock.now(), 0), () => turn(discord, guild, event));
}

/** When it takes its next step by itself, in milliseconds; null when it takes none. */
function turnOf({ entity_type, status, scheduled_start_time, scheduled_end_time }: JsonObject): number | null {
	if (entity_type !== external || (status !== scheduled && status !== active)) return null;
	const at = Date.parse(String(status === scheduled ? scheduled_start_time : scheduled_end_time));
	return Number.isNaN(at) ? null : at;
}

function turn(discord: Discord, guild: Guild, event: JsonObject): void {
	const at = turnOf(event);
	// Deleted, ended by hand, or moved to a later time, for which another alarm is set.
	if (!guild.scheduledEvents.has(String(event['id'])) || at === null || at > discord.world.clock.now()) return;
	event['status'] = event['status'] === scheduled ? active : completed;
	discord.dispatcher.guild(guild, 'GUILD_SCHEDULED_EVENT_UPDATE', event);
	keepTime(discord, guild, event);
}
