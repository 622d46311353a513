import { Dispatcher } from './gateway/dispatcher.js';
import { ALL_INTENTS, PRIVILEGED_INTENTS } from './gateway/intents.js';
import type { Channel } from './state/channel.js';
import type { Message } from './state/message.js';
import { World } from './state/world.js';

/** How strict the REST limits are: as Discord's, or so wide that only a runaway meets them. */
export type RateLimitMode = 'discord' | 'wide' | 'off';

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
	/** A fault: every RESUME is answered with op 9. */
	refuseResume = false;
	rateLimits: RateLimitMode = 'wide';
	/** Called with every new poll; lets it end by itself. */
	onPoll: (channel: Channel, message: Message) => void = () => undefined;
	/** Filled in when the server listens. */
	urls = { api: '', cdn: '', gateway: '' };

	/** Takes away or gives the privileged intents of the developer portal. */
	allowPrivilegedIntents(bits: number): void {
		this.allowedIntents = (ALL_INTENTS & ~PRIVILEGED_INTENTS) | (bits & PRIVILEGED_INTENTS);
	}
}
