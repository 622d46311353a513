import type { TimerLog } from '#lib/timers/timerLoop.js';

/** Keeps what was logged, one `level message` a line. */
export class RecordingTimerLog implements TimerLog {
	public readonly lines: string[] = [];

	public debug(_details: object, message: string): void {
		this.lines.push(`debug ${message}`);
	}

	public warn(_details: object, message: string): void {
		this.lines.push(`warn ${message}`);
	}

	public error(_details: object, message: string): void {
		this.lines.push(`error ${message}`);
	}
}
