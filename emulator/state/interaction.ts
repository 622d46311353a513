import type { Application } from './application.js';
import type { Channel } from './channel.js';
import type { Message } from './message.js';
import type { Account, JsonObject, Snowflake } from './types.js';

/** Discord: three seconds to acknowledge. */
export const ACKNOWLEDGE_MS = 3_000;
/** Discord: a token lives for 15 minutes. */
export const TOKEN_MS = 15 * 60_000;

/** One press, command or modal on its way to the bot and back. */
export interface Interaction {
	id: Snowflake;
	token: string;
	type: number;
	application: Application;
	user: Account;
	guildId: Snowflake | null;
	channel: Channel;
	createdAt: number;
	nonce: string | null;
	data: JsonObject;
	/** The message whose component was used. */
	source: Message | null;
	commandName: string | null;
	metadata: JsonObject;
	/** The callback type it was answered with. */
	answeredWith: number | null;
	/** Deferred and not yet filled. */
	deferred: boolean;
	deferredFlags: number;
	originalId: Snowflake | null;
	followupIds: Snowflake[];
	cancelDeadline: () => void;
}

/** A modal that was shown and not yet sent back. */
export interface OfferedModal {
	userId: Snowflake;
	applicationId: Snowflake;
	customId: string;
	title: string;
	components: JsonObject[];
	source: Message | null;
	metadata: JsonObject;
}
