import { Dispatcher } from './gateway/dispatcher.js';
import { ALL_INTENTS, PRIVILEGED_INTENTS } from './gateway/intents.js';
import { Quota } from './rest/quota.js';
import type { Channel } from './state/channel.js';
import type { Message } from './state/message.js';
import { World } from './state/world.js';

/**
 * How strict the REST limits are: as Discord's, so wide that only a runaway meets them, or wide but with Discord's five messages in five seconds a channel.
 */
export type RateLimitMode = 'discord' | 'messages' | 'wide' | 'off';

/** Reads a mode; null for anything else. */
export function rateLimitMode(value: unknown): RateLimitMode | null {
	return value === 'discord' || value === 'messages' || value === 'wide' || value === 'off' ? value : null;
}

/** An IDENTIFY of a bot as it came in, for tests to read. */
export interface IdentifyRecord {
	at: number;
	userId: string;
	shard: [number, number];
	intents: number;
	properties: Record<string, unknown>;
	compress: boolean;
	presence: unknown;
}

/** The whole Discord of this machine, apart from its sockets: what actions and routes work on. */
export class Discord {
	readonly world = new World();
	readonly dispatcher = new Dispatcher(this.world);
	readonly identifies: IdentifyRecord[] = [];
	/** How often a session was resumed, for tests. */
	readonly resumes: { at: number; sessionId: string; replayed: number }[] = [];
	/** Privileged intents that bots may ask for; others close with 4014. */
	allowedIntents = ALL_INTENTS;
	heartbeatInterval = 41_250;
	/** When a bot last asked for all members of a server (`bot:guild`), in the machine's time. */
	readonly memberRequests = new Map<string, number>();
	/** A fault: every RESUME is answered with op 9. */
	refuseResume = false;
	rateLimits: RateLimitMode = 'wide';
	/**
	 * New commands by application and scope.
	 * https://discord.com/developers/docs/interactions/application-commands#registering-a-command
	 */
	readonly commandCreates = new Quota(200, 24 * 60 * 60_000);
	/** Edits of messages older than an hour, by bot and channel. How many Discord lets pass is not documented: see the README. */
	readonly oldEdits = new Quota(30, 60 * 60_000);
	/** Called with every new poll; lets it end by itself. */
	onPoll: (channel: Channel, message: Message) => void = () => undefined;
	/** Filled in when the server listens. */
	urls = { api: '', cdn: '', gateway: '' };

	/** Takes away or gives the privileged intents of the developer portal. */
	allowPrivilegedIntents(bits: number): void {
		this.allowedIntents = (ALL_INTENTS & ~PRIVILEGED_INTENTS) | (bits & PRIVILEGED_INTENTS);
	}
}
