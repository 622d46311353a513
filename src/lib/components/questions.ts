import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { accept, type Outcome, refuse } from '#lib/core/outcome.js';

export interface Question {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string;
	/** The module of the command that asks. */
	readonly module: string;
	/** Its id: who answers must still be allowed to use it. */
	readonly command?: string;
	/** What can be answered. */
	readonly answers: readonly string[];
}

export interface Press {
	readonly nonce: string;
	readonly userId: string;
	readonly channelId: string | null;
	readonly answer: string;
}

interface Open extends Question {
	settle(answer: string | null): void;
}

/**
 * The questions that wait for a press. They live in this process only: after a restart their components answer that they have expired.
 *
 * A question is taken out by the press that answers it, so of two presses at once one counts.
 */
export class Questions {
	readonly #open: LRUCache<string, Open>;

	/** `timeoutMs` real time; `most` questions at once, the oldest is given up for a new one. */
	public constructor(
		private readonly timeoutMs = 60_000,
		most = 1_000
	) {
		this.#open = new LRUCache({ max: most, dispose: (open, _, reason) => reason === 'evict' && open.settle(null) });
	}

	/** `answer` is null when nobody answered in time. */
	public ask(question: Omit<Question, 'nonce'>): { readonly nonce: string; readonly answer: Promise<string | null> } {
		const nonce = randomBytes(12).toString('base64url');
		const answer = new Promise<string | null>((resolve) => {
			const timer = setTimeout(() => this.#take(nonce)?.settle(null), this.timeoutMs);
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
		if (open === undefined || open.channelId !== channelId || !open.answers.includes(answer)) return refuse('expired');
		if (open.userId !== userId) return refuse('not-yours');
		this.#take(nonce)?.settle(answer);
		return accept(open);
	}

	public find(nonce: string): Question | null {
		return this.#open.peek(nonce) ?? null;
	}

	/** Gives up a question that could not be asked. */
	public drop(nonce: string): void {
		this.#take(nonce)?.settle(null);
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
