import type { KeyValue } from '#lib/data/keyValue.js';
import type { Order } from '../domain/order.js';

/** Whom or what something is done about. */
export type About = Pick<Order, 'guildId' | 'targetId' | 'channelId'>;

/**
 * Runs `work` while nothing else is done about the same person or channel, or else about the server as a whole, here or in another
 * process. Not from inside of one.
 */
export type Alone = <T>(about: About, work: () => Promise<T>) => Promise<T>;

/** It is renewed while its holder lives. Who is killed with it in hand keeps nobody waiting for longer than others are ready to wait. */
const lock = { ttlMs: 10_000, waitMs: 15_000 } as const;

export function aloneBy(keyValue: Pick<KeyValue, 'withLock'>): Alone {
	return (about, work) => {
		const who = about.targetId ?? about.channelId ?? 'server';
		return keyValue.withLock(`moderation:${about.guildId}:${who}`, lock, work);
	};
}
