import type { JsonObject } from '../state/types.js';
import { asObject, asObjects } from './api.js';
import { readMessage, type SeenMessage } from './messages.js';
import { type Choice, type Outcome, outcomeOf, type ShownModal } from './outcome.js';
import type { UserGateway } from './userGateway.js';

/** How an interaction of this nonce ends, as its user's client sees it. Rejects after `within` milliseconds. */
export function awaitOutcome(gateway: UserGateway, nonce: string, source: SeenMessage | null, within: number): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const watch = new Watch(nonce, source);
		const timer = setTimeout(() => {
			stop();
			reject(new Error(`The interaction did not end within ${within} ms (${watch.state})`));
		}, within);
		const stop = gateway.listen((type, data) => {
			const outcome = watch.see(type, data);
			if (outcome === null) return;
			clearTimeout(timer);
			stop();
			resolve(outcome);
		});
	});
}

/** Follows one interaction through the events of its user. */
class Watch {
	#id = '';
	#acked = false;
	#message: SeenMessage | null = null;
	#modal: ShownModal | null = null;

	constructor(
		private readonly nonce: string,
		private readonly source: SeenMessage | null
	) {}

	get state(): string {
		if (this.#id === '') return 'never started';
		return this.#acked ? 'acknowledged, still thinking' : 'not acknowledged';
	}

	see(type: string, data: JsonObject): Outcome | null {
		if (type === 'MESSAGE_CREATE' || type === 'MESSAGE_UPDATE') return this.#seeMessage(data);
		if (data['nonce'] !== this.nonce) return null;
		if (type === 'INTERACTION_CREATE') this.#id = String(data['id']);
		else if (type === 'INTERACTION_FAILURE') return outcomeOf(this.#id, { failed: true });
		else if (type === 'INTERACTION_MODAL_CREATE') this.#modal = readModal(data);
		else if (type === 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE') {
			return outcomeOf(this.#id, { acked: true, choices: readChoices(data) });
		} else if (type === 'INTERACTION_SUCCESS') {
			this.#acked = true;
			return this.#finished();
		}
		return null;
	}

	#seeMessage(data: JsonObject): Outcome | null {
		const metadata = asObject(data['interaction_metadata']);
		const isAnswer = this.#id !== '' && metadata['id'] === this.#id && metadata['original_response_message_id'] === undefined;
		const isSource = this.source !== null && data['id'] === this.source.id;
		// A new answer beats the change of the message it was asked from.
		if (isAnswer || (isSource && (this.#message === null || this.#message.id === this.source?.id))) this.#message = readMessage(data);
		return this.#acked ? this.#finished() : null;
	}

	#finished(): Outcome | null {
		if (this.#modal !== null) return outcomeOf(this.#id, { acked: true, modal: this.#modal });
		if (this.#message?.loading) return null;
		return outcomeOf(this.#id, { acked: true, message: this.#message ?? this.source });
	}
}

function readModal(data: JsonObject): ShownModal {
	return {
		interactionId: String(data['id']),
		applicationId: String(asObject(data['application'])['id']),
		channelId: String(data['channel_id']),
		customId: String(data['custom_id']),
		title: String(data['title']),
		components: asObjects(data['components'])
	};
}

function readChoices(data: JsonObject): Choice[] {
	return asObjects(data['choices']).map((choice) => ({
		name: String(choice['name']),
		value: typeof choice['value'] === 'number' ? choice['value'] : String(choice['value'])
	}));
}
