import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

/** Why a question is over. `late`: nobody pressed in time. */
export type Answer = 'yes' | 'no' | 'late';

export interface Question {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string;
	/** The module of the command that asks. */
	readonly module: string;
}

export interface Press {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string | null;
	readonly answer: 'yes' | 'no';
}

interface Open extends Question {
	settle(answer: Answer): void;
}

/**
 * The questions that wait for a press. They live in this process only: after a restart the buttons answer that they have expired.
 *
 * A question is taken out by the press that answers it, so of two presses at once one counts.
 */
export class Confirmations {
	readonly #open: LRUCache<string, Open>;

	/** `timeoutMs` real time; `most` questions at once, the oldest is given up for a new one. */
	public constructor(
		private readonly timeoutMs = 60_000,
		most = 1_000
	) {
		this.#open = new LRUCache({ max: most, dispose: (open, _, reason) => reason === 'evict' && open.settle('late') });
	}

	public ask(question: Omit<Question, 'nonce'>): { readonly nonce: string; readonly answer: Promise<Answer> } {
		const nonce = randomBytes(12).toString('base64url');
		const answer = new Promise<Answer>((resolve) => {
			const timer = setTimeout(() => this.#take(nonce)?.settle('late'), this.timeoutMs);
			timer.unref();
			this.#open.set(nonce, {
				...question,
				nonce,
				settle(given) {
					clearTimeout(timer);
					resolve(given);
				}
			});
		});
		return { nonce, answer };
	}

	/** Takes the press of the one who was asked; anybody else changes nothing. */
	public press({ nonce, userId, channelId, answer }: Press): Outcome<Question, 'expired' | 'not-yours'> {
		const open = this.#open.get(nonce);
		if (open === undefined || open.channelId !== channelId) return refuse('expired');
		if (open.userId !== userId) return refuse('not-yours');
		this.#take(nonce)?.settle(answer);
		return accept(open);
	}

	public find(nonce: string): Question | null {
		return this.#open.peek(nonce) ?? null;
	}

	/** Gives up a question that could not be asked. */
	public drop(nonce: string): void {
		this.#take(nonce)?.settle('late');
	}

	/** Answers everything that is still open, for the shutdown. */
	public close(): void {
		for (const nonce of [...this.#open.keys()]) this.drop(nonce);
	}

	#take(nonce: string): Open | undefined {
		const open = this.#open.peek(nonce);
		this.#open.delete(nonce);
		return open;
	}
}
