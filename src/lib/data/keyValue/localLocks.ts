import { LockTimeoutError } from './lockTimeoutError.js';

interface Waiter {
	readonly enter: () => void;
	readonly timer: NodeJS.Timeout;
}

/** One holder a key within this process; the others wait in the order in which they asked. */
export class LocalLocks {
	/** A key is here while somebody holds it. */
	readonly #waiting = new Map<string, Waiter[]>();

	/** Rejects with a LockTimeoutError when the lock was not had within `waitMs`. */
	public async run<T>(key: string, waitMs: number, work: () => Promise<T>): Promise<T> {
		await this.#acquire(key, waitMs);
		try {
			return await work();
		} finally {
			this.#release(key);
		}
	}

	async #acquire(key: string, waitMs: number): Promise<void> {
		const queue = this.#waiting.get(key);
		if (queue === undefined) {
			this.#waiting.set(key, []);
			return;
		}
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				queue.splice(queue.indexOf(waiter), 1);
				reject(new LockTimeoutError(key, waitMs));
			}, waitMs);
			const waiter: Waiter = { enter: resolve, timer };
			queue.push(waiter);
		});
	}

	#release(key: string): void {
		const next = this.#waiting.get(key)?.shift();
		if (next === undefined) {
			this.#waiting.delete(key);
			return;
		}
		clearTimeout(next.timer);
		next.enter();
	}
}
