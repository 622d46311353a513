import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { HttpError } from './errors.js';

/** So many hosts are remembered; beyond it the longest unused is forgotten and starts afresh. */
const REMEMBERED_HOSTS = 1_000;

/** Requests that may wait in one client. More are refused: they would only time out. */
const LONGEST_LINE = 1_000;

/** The longest pause a host can ask for, in milliseconds: ten minutes. */
const LONGEST_PAUSE_MS = 600_000;

export interface LaneLimits {
	/** Requests at a time, over all hosts. */
	readonly concurrency: number;
	/** Requests at a time to one host. */
	readonly perHost: number;
	/** Requests started within one second to one host. */
	readonly perHostPerSecond: number;
}

interface Lane {
	readonly queue: PQueue;
	pausedUntil: number;
}

/** Bounds what a client does at a time, in all and for each host, and keeps the pauses that hosts asked for. */
export class Lanes {
	readonly #all: PQueue;
	readonly #hosts = new LRUCache<string, Lane>({ max: REMEMBERED_HOSTS });
	readonly #limits: LaneLimits;
	readonly #now: () => number;
	#inside = 0;

	public constructor(limits: LaneLimits, now: () => number) {
		this.#limits = limits;
		this.#now = now;
		this.#all = new PQueue({ concurrency: limits.concurrency });
	}

	/**
	 * Runs `work` when there is room. Settles only after `work` has, so that what it cleans up is clean.
	 *
	 * @throws HttpError `overloaded`, and the signal's reason
	 */
	public async run<T>(host: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
		if (this.#inside >= LONGEST_LINE + this.#limits.concurrency) throw new HttpError('overloaded');
		this.#inside++;
		try {
			return await settled(this.#lane(host).queue, signal, () => settled(this.#all, signal, work));
		} finally {
			this.#inside--;
		}
	}

	/** Milliseconds that `host` still wants to be left alone. */
	public pauseOf(host: string): number {
		return Math.max(0, (this.#hosts.get(host)?.pausedUntil ?? 0) - this.#now());
	}

	public pause(host: string, ms: number): void {
		const lane = this.#lane(host);
		lane.pausedUntil = Math.max(lane.pausedUntil, this.#now() + Math.min(ms, LONGEST_PAUSE_MS));
	}

	#lane(host: string): Lane {
		const known = this.#hosts.get(host);
		if (known !== undefined) return known;
		const { perHost, perHostPerSecond } = this.#limits;
		const queue = new PQueue({ concurrency: perHost, intervalCap: perHostPerSecond, interval: 1_000, strict: true });
		const lane: Lane = { queue, pausedUntil: 0 };
		this.#hosts.set(host, lane);
		return lane;
	}
}

/** The queue rejects at once when the signal is aborted, while the work may still be removing a file: that is waited for. */
async function settled<T>(queue: PQueue, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
	let running: Promise<T> | undefined;
	const begin = () => {
		running = work();
		return running;
	};
	try {
		return await queue.add(begin, { signal });
	} finally {
		await Promise.allSettled([running]);
	}
}
