import type { RoleFacts } from './domain.js';

/** The roles of a server as they are now. */
export interface RoleReader {
	/** None when the bot is not there. */
	all(guildId: string): Promise<ReadonlyMap<string, RoleFacts>>;
	/** Everybody in a server, a thousand at a time. */
	members(guildId: string): AsyncIterable<{ readonly id: string; readonly isBot: boolean; readonly roleIds: readonly string[] }>;
}

export interface TemporaryRole {
	readonly guildId: string;
	readonly userId: string;
	readonly roleId: string;
}
