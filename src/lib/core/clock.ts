/** The time that decisions are made with. Leases, time-outs and times to live use real time instead. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Calls back when the clock was moved by hand (the emulator's), so that loops look again. Answers an unsubscribe. */
	onJump(listener: () => void): () => void;
}
