import { randomUUID } from 'node:crypto';
import type { Clock } from '#lib/core/clock.js';

/** A change smaller than this is the line's delay. */
const jumpMs = 50;
const retryMs = 300;

/**
 * The time of the Discord that runs on this machine: tests move it, and with it everything that the bot decides.
 *
 * Follows the emulator's stream of readings; while it is away, the last offset holds and it is looked for again.
 */
export class EmulatorClock implements Clock {
	readonly #url: string;
	readonly #listeners = new Set<() => void>();
	readonly #end = new AbortController();
	#offset = 0;
	#following: Promise<void> | null = null;

	/** `url` answers the emulator's reading, `<url>/stream` tells each change, `<url>/taken` hears that it was taken over. */
	public constructor(url: string) {
		this.#url = url;
	}

	public now(): number {
		return Date.now() + this.#offset;
	}

	public onJump(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Resolves when the time is known. Rejects when there is no emulator. */
	public async start(): Promise<void> {
		const answer = await fetch(this.#url, { signal: AbortSignal.any([this.#end.signal, AbortSignal.timeout(20_000)]) });
		this.#take(await answer.json());
		this.#following ??= this.#follow();
	}

	public async stop(): Promise<void> {
		this.#end.abort();
		await this.#following;
	}

	async #follow(): Promise<void> {
		const { signal } = this.#end;
		while (!signal.aborted) {
			try {
				const name = randomUUID();
				await this.#read(await fetch(`${this.#url}/stream?follower=${name}`, { signal }), name);
			} catch {
				// The emulator was stopped, or we were: the loop's condition tells which.
				await pause(retryMs, signal);
			}
		}
	}

	async #read({ body }: Response, name: string): Promise<void> {
		if (!body) throw new Error('The stream of the clock is empty');
		let buffered = '';
		for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
			const lines = (buffered + chunk).split('\n');
			buffered = lines.pop() ?? '';
			for (const line of lines) {
				if (!line.startsWith('data: ')) continue;
				const reading: unknown = JSON.parse(line.slice(6));
				this.#take(reading);
				await this.#say(reading, name);
			}
		}
		throw new Error('The stream of the clock ended');
	}

	/** Who moved the time waits until we have it. */
	async #say(reading: unknown, name: string): Promise<void> {
		if (typeof reading !== 'object' || reading === null || !('revision' in reading)) return;
		const body = JSON.stringify({ follower: name, revision: reading.revision });
		const headers = { 'content-type': 'application/json' };
		const answer = await fetch(`${this.#url}/taken`, { method: 'POST', body, headers, signal: this.#end.signal });
		await answer.body?.cancel();
	}

	#take(reading: unknown): void {
		if (typeof reading !== 'object' || reading === null || !('offset' in reading) || typeof reading.offset !== 'number') return;
		const moved = Math.abs(reading.offset - this.#offset) >= jumpMs;
		this.#offset = reading.offset;
		if (moved) for (const listener of this.#listeners) listener();
	}
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	await new Promise<void>((resolve) => {
		const timer = setTimeout(resolve, ms);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			resolve();
		});
	});
}
