import { useEffect, useState } from 'preact/hooks';
import { control } from './control.js';

interface Reading {
	now: number;
	offset: number;
	revision: number;
}

/** The emulator's time: this machine's plus an offset. */
class TownClock {
	offset = 0;
	readonly #listeners = new Set<() => void>();

	constructor() {
		const stream = new EventSource('/_emulator/clock/stream');
		stream.addEventListener('message', (event: MessageEvent<string>) => {
			const reading = JSON.parse(event.data) as Reading;
			this.offset = reading.offset;
			for (const listener of this.#listeners) listener();
		});
	}

	/** Milliseconds since 1970. */
	now(): number {
		return Date.now() + this.offset;
	}

	async advance(ms: number): Promise<void> {
		await control.post('/clock', { advance: ms });
	}

	onMove(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}
}

export const clock = new TownClock();

/** The town's time, again every second and when somebody moves it. */
export function useNow(): number {
	const [now, setNow] = useState(() => clock.now());
	useEffect(() => {
		const look = () => setNow(clock.now());
		const timer = setInterval(look, 1_000);
		const stop = clock.onMove(look);
		return () => {
			clearInterval(timer);
			stop();
		};
	}, []);
	return now;
}
