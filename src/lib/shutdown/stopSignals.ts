/** How long npm takes at most to pass on a signal. */
const echoMs = 500;

export interface StopSignals {
	/** The npm script that this process is. */
	readonly npmScript: string;
	readonly first: (signal: NodeJS.Signals) => void;
	/** Somebody does not want to wait. */
	readonly again: (signal: NodeJS.Signals) => void;
}

/**
 * Calls `first` at SIGTERM or SIGINT, and `again` at every further one. Under npm, Ctrl+C comes twice, from the terminal and
 * from npm, which passes signals on: the same signal within half a second is then no second wish.
 */
export function onStopSignal({ npmScript, first, again }: StopSignals): void {
	const isEchoed = process.env['npm_lifecycle_event'] === npmScript;
	let before: { readonly signal: NodeJS.Signals; readonly at: number } | null = null;
	const onSignal = (signal: NodeJS.Signals) => {
		if (before === null) {
			before = { signal, at: performance.now() };
			first(signal);
		} else if (!isEchoed || signal !== before.signal || performance.now() - before.at > echoMs) again(signal);
	};
	process.on('SIGTERM', onSignal);
	process.on('SIGINT', onSignal);
}
