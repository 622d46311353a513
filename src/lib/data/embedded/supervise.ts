import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { backOff } from '#lib/core/backOff.js';

export interface Supervision {
	/** Lets go of the server. */
	end(): Promise<void>;
}

interface SupervisionOptions {
	readonly log: { info(details: object, message: string): void; warn(details: object, message: string): void };
	/** Finds or starts the server and answers a session on it. */
	readonly again: () => Promise<pg.Client>;
	readonly wanted: () => boolean;
}

/** Brings a server back that died while we need it, told by the end of our session on it. */
export function superviseSession(first: pg.Client, { log, again, wanted }: SupervisionOptions): Supervision {
	let session = first;

	const watch = (client: pg.Client) => {
		client.once('end', () => {
			if (wanted()) void restart();
		});
	};
	const restart = async () => {
		log.warn({}, 'The embedded PostgreSQL ended: starting it again');
		for (let times = 1; wanted(); times++) {
			try {
				session = await again();
				if (!wanted()) return void (await session.end());
				watch(session);
				return log.info({}, 'The embedded PostgreSQL is running again');
			} catch (error) {
				log.warn({ err: error }, 'The embedded PostgreSQL could not be started again');
			}
			await wait(backOff(times, { firstMs: 200, maxMs: 5_000 }));
		}
	};

	watch(first);
	return {
		async end() {
			await session.end();
		}
	};
}
