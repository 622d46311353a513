import PQueue from 'p-queue';
import type { Clock } from '#lib/core/clock.js';
import type { Action, Actions } from '../action.js';
import { type AuditEntry, isRecorded, orderOfEntry } from '../domain/byHand.js';
import type { Order } from '../domain/order.js';
import type { ByHandRepository } from '../repository/byHand.js';
import type { ModerationSettings } from '../settings.js';

export interface ByHandParts {
	readonly actions: Pick<Actions, 'get'>;
	readonly byHand: ByHandRepository;
	readonly settings: (guildId: string) => Promise<ModerationSettings>;
	readonly isBot: (userId: string) => Promise<boolean>;
	readonly clock: Clock;
	readonly wake: () => void;
	readonly botId: () => string;
}

/** What people do in Discord itself, without a command of ours. */
export class ByHand {
	readonly #parts: ByHandParts;
	/** Of each server with something under way. */
	readonly #queues = new Map<string, PQueue>();

	public constructor(parts: ByHandParts) {
		this.#parts = parts;
	}

	/**
	 * Writes a case for what a person did, and ends the cases that are over with it: who is let back in by hand is not banned by us any
	 * more. Other bots end our cases too, and have none of their own here. An entry that comes twice counts once. The entries of a server
	 * are taken in their order: who was banned and then let in again is not banned.
	 */
	public async onEntry(entry: AuditEntry): Promise<void> {
		if (entry.executorId === this.#parts.botId()) return;
		const order = orderOfEntry(entry);
		const action = this.#parts.actions.get(order.type);
		if (action === null) return;
		const queue = this.#queues.get(entry.guildId) ?? new PQueue({ concurrency: 1 });
		this.#queues.set(entry.guildId, queue);
		try {
			await queue.add(() => this.#take(entry, order, action));
		} finally {
			if (queue.size === 0 && queue.pending === 0) this.#queues.delete(entry.guildId);
		}
	}

	async #take(entry: AuditEntry, order: Order, action: Action): Promise<void> {
		const { byHand, settings, isBot, clock, wake, botId } = this.#parts;
		const now = clock.now();
		const { externalCases } = await settings(entry.guildId);
		if (isRecorded(entry, externalCases) && !(await isBot(entry.executorId))) {
			await byHand.record({ order, action, botId: botId(), now, auditEntryId: entry.id });
		} else if (action.closes.types.length > 0) {
			await byHand.close({ order, action, now });
		} else return;
		wake();
	}
}
