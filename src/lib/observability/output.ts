import { write } from 'node:fs';
import { prettyFactory } from 'pino-pretty';

/** Where log lines go. */
export interface Output {
	write(line: string): void;
	/** Resolves when what was said so far is out, or cannot be said within a second. */
	drain(): Promise<void>;
}

/** Characters. A reader of our log that hangs costs lines, not memory and not the bot. */
const longestQueue = 16 * 1024 * 1024;
const longestDrainMs = 1000;

/** Standard output. A reader that went away (a broken pipe) is no error: lines are dropped and the bot goes on. */
export function openOutput(format: 'json' | 'pretty'): Output {
	for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
	const lines = new LineQueue(1);
	if (format === 'json') return lines;
	const pretty = prettyFactory({
		colorize: process.stdout.isTTY === true,
		translateTime: 'SYS:HH:MM:ss.l',
		ignore: 'pid,hostname',
		singleLine: true
	});
	return { write: (line) => lines.write(pretty(line)), drain: () => lines.drain() };
}

/**
 * Lines on their way into a file, written one chunk after another without blocking the process.
 *
 * Not SonicBoom: its last flush never ends on a broken pipe (4.2), and a blocking write would let a reader that hangs stop us.
 */
export class LineQueue implements Output {
	#waiting: string[] = [];
	#length = 0;
	#broken = false;
	#writing: Promise<void> | null = null;

	public constructor(private readonly descriptor: number) {}

	public write(line: string): void {
		if (this.#broken || this.#length + line.length > longestQueue) return;
		this.#waiting.push(line);
		this.#length += line.length;
		this.#writing ??= this.#writeAll();
	}

	public async drain(): Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		const tooLong = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, longestDrainMs);
		});
		await Promise.race([this.#writing, tooLong]);
		clearTimeout(timer);
	}

	async #writeAll(): Promise<void> {
		while (this.#waiting.length > 0 && !this.#broken) {
			let chunk = Buffer.from(this.#waiting.join(''));
			this.#waiting = [];
			this.#length = 0;
			while (chunk.length > 0 && !this.#broken) chunk = chunk.subarray(await this.#writeSome(chunk));
		}
		this.#writing = null;
	}

	/** How many bytes went out, or were given up. */
	#writeSome(chunk: Buffer): Promise<number> {
		return new Promise((resolve) => {
			write(this.descriptor, chunk, (error, written) => {
				if (error === null) return resolve(written);
				// A pipe that is full: its reader is slow.
				if (error.code === 'EAGAIN') return setTimeout(resolve, 20, 0);
				// A disk that is full: these lines are lost, later ones may find room again.
				if (error.code === 'ENOSPC' || error.code === 'EDQUOT') return resolve(chunk.length);
				this.#broken = true;
				resolve(0);
			});
		});
	}
}
