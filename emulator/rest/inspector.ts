import { readEmoji } from '../actions/emojiRef.js';
import { checkRules } from '../rules/index.js';
import { type Spec, type Violation, violationsToError } from '../spec/index.js';
import type { Message } from '../state/message.js';
import type { World } from '../state/world.js';
import { CLIENT_ROUTES } from './clientRoutes.js';
import type { DiscordError } from './errors.js';
import type { Ledger, LedgerEntry } from './ledger.js';

/**
 * Judges every request and every answer by Discord's description and its own rules. What a bot did wrong, and what
 * the emulator answered wrongly, is kept in the ledger, where it fails the test run; a person's mistakes are refused
 * only, because tests make them on purpose.
 */
export class Inspector {
	constructor(
		private readonly spec: Spec | null,
		private readonly world: World,
		private readonly ledger: Ledger
	) {}

	/** Discord's refusal of this body, or null. */
	request(entry: LedgerEntry): DiscordError | null {
		const found = this.spec?.match(entry.method, entry.path);
		if (!this.spec || !found) {
			if (this.spec && !isClientRoute(entry)) this.ledger.violations.push(`${entry.method} ${entry.path}: Discord has no such operation`);
			return null;
		}
		const faults = this.spec.checkRequest(entry.method, entry.path, entry.query, entry.body);
		const byRule = checkRules(found.operation.id, entry.body, {
			fileCount: entry.files.length,
			channelType: this.world.channels.get(found.parameters['channel_id'] ?? '')?.type ?? null,
			edited: this.#edited(found.parameters),
			knowsEmoji: (id) => readEmoji(this.world, id) !== null,
			now: this.world.clock.now()
		});
		if (entry.by === 'bot') this.#keep(entry, 'request', faults);
		// A list where an object belongs breaks no rule of its fields.
		const isOtherThing = faults.some(({ kind, at }) => kind === 'body' && at === '') && entry.body !== undefined;
		return (isOtherThing ? null : byRule) ?? violationsToError(faults);
	}

	answer(entry: LedgerEntry, status: number, body: unknown): void {
		if (this.spec === null || isClientRoute(entry)) return;
		this.#keep(entry, `answer ${status}`, this.spec.checkResponse(entry.method, entry.path, status, body));
	}

	/** The message that a request edits: by its id, or by the interaction it answers. */
	#edited(parameters: Record<string, string>): Message | null {
		const { channel_id: channelId, message_id: messageId, interaction_id: interactionId, interaction_token: token } = parameters;
		const interaction =
			this.world.interactions.get(interactionId ?? '') ?? this.world.interactionsByToken.get(parameters['webhook_token'] ?? token ?? '');
		if (interactionId !== undefined) return interaction?.source ?? null;
		const channel = interaction?.channel ?? this.world.channels.get(channelId ?? '');
		const id = messageId ?? interaction?.originalId;
		return channel?.messages.get(id ?? '') ?? null;
	}

	#keep(entry: LedgerEntry, what: string, violations: readonly Violation[]): void {
		for (const { at, message } of violations) this.ledger.violations.push(`${entry.method} ${entry.path}: ${what} ${at}: ${message}`);
	}
}

function isClientRoute({ method, route }: LedgerEntry): boolean {
	return CLIENT_ROUTES.has(`${method} ${route}`);
}
