import type { JsonObject } from '../state/types.js';
import { readMessage, type SeenMessage } from './messages.js';
import type { UserGateway } from './userGateway.js';

/** A string is looked for in all the words of a message. */
export type MessagePredicate = string | RegExp | ((message: SeenMessage) => boolean);

/** How many messages a person's client remembers here. */
const KEPT = 1_000;

/** The messages a person got since he connected, newest state of each. */
export class Inbox {
	readonly #messages = new Map<string, SeenMessage>();
	/** Messages that an expectation already matched. */
	readonly #taken = new Set<string>();
	readonly #watchers = new Set<(message: SeenMessage) => void>();

	constructor(gateway: UserGateway) {
		gateway.listen((type, data) => this.#receive(type, data));
	}

	/** Forgets what came so far in a channel: expectations look at what comes after. */
	markRead(channelId: string): void {
		for (const message of this.#messages.values()) if (message.channelId === channelId) this.#taken.add(message.id);
	}

	/** Takes the first message that fits and was not taken before, or waits for it. */
	take(fits: (message: SeenMessage) => boolean, within: number, what: string): Promise<SeenMessage> {
		for (const message of this.#messages.values()) {
			if (this.#taken.has(message.id) || !fits(message)) continue;
			this.#taken.add(message.id);
			return Promise.resolve(message);
		}
		return this.watch((message) => !this.#taken.has(message.id) && fits(message), within, what).then((message) => {
			this.#taken.add(message.id);
			return message;
		});
	}

	/** Waits for a message to be, or become, what `fits` asks for; looks at what is known first. */
	watch(fits: (message: SeenMessage) => boolean, within: number, what: string): Promise<SeenMessage> {
		for (const message of this.#messages.values()) if (fits(message)) return Promise.resolve(message);
		return new Promise((resolve, reject) => {
			const watcher = (message: SeenMessage) => {
				if (!fits(message)) return;
				clearTimeout(timer);
				this.#watchers.delete(watcher);
				resolve(message);
			};
			const timer = setTimeout(() => {
				this.#watchers.delete(watcher);
				reject(new Error(`${what} did not come within ${within} ms. What came: ${this.#lately()}`));
			}, within);
			this.#watchers.add(watcher);
		});
	}

	#receive(type: string, data: JsonObject): void {
		if (type === 'MESSAGE_DELETE') this.#messages.delete(String(data['id']));
		if (type === 'MESSAGE_DELETE_BULK' && Array.isArray(data['ids'])) for (const id of data['ids']) this.#messages.delete(String(id));
		if (type !== 'MESSAGE_CREATE' && type !== 'MESSAGE_UPDATE') return;
		const message = readMessage(data);
		this.#messages.set(message.id, message);
		if (this.#messages.size > KEPT) {
			for (const oldest of this.#messages.keys()) {
				this.#messages.delete(oldest);
				this.#taken.delete(oldest);
				break;
			}
		}
		for (const watcher of [...this.#watchers]) watcher(message);
	}

	#lately(): string {
		const last = [...this.#messages.values()].slice(-5);
		return last.length === 0 ? 'nothing' : last.map((message) => `${message.authorName}: ${JSON.stringify(message.text)}`).join(' | ');
	}
}

/** Turns a predicate into a function. */
export function predicateOf(predicate: MessagePredicate): (message: SeenMessage) => boolean {
	if (typeof predicate === 'function') return predicate;
	if (typeof predicate === 'string') return (message) => message.text.includes(predicate);
	return (message) => predicate.test(message.text);
}
