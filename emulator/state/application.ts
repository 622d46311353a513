import type { Account, JsonObject, Snowflake } from './types.js';

/** A command as the bot registered it, in Discord's own form. */
export interface ApplicationCommand extends JsonObject {
	id: Snowflake;
	application_id: Snowflake;
	version: Snowflake;
	name: string;
	type: number;
	default_member_permissions: string | null;
}

/** A bot's application with its commands. */
export class Application {
	/** Discord's application flags: the privileged intents it may ask for are bits in here. */
	flags = 0;
	description = 'A bot under test';
	/** What `GET /gateway/bot` says and IDENTIFY enforces. */
	maxConcurrency = 16;
	shards = 1;
	sessionStarts = { total: 1000, remaining: 1000, resetAfter: 0 };
	/** When each identify bucket was last used, in the machine's time. */
	readonly lastIdentify = new Map<number, number>();
	readonly globalCommands = new Map<Snowflake, ApplicationCommand>();
	readonly guildCommands = new Map<Snowflake, Map<Snowflake, ApplicationCommand>>();
	readonly emojis = new Map<Snowflake, JsonObject>();
	/** People who installed it for themselves. */
	readonly userInstalls = new Set<Snowflake>();

	constructor(
		readonly id: Snowflake,
		public name: string,
		readonly bot: Account,
		readonly ownerId: Snowflake
	) {}

	/** The commands of one scope: a guild's own, or the global ones. */
	commands(guildId: Snowflake | null): Map<Snowflake, ApplicationCommand> {
		if (guildId === null) return this.globalCommands;
		let scope = this.guildCommands.get(guildId);
		if (scope === undefined) {
			scope = new Map();
			this.guildCommands.set(guildId, scope);
		}
		return scope;
	}
}
