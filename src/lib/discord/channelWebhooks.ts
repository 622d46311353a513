import { type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import type { KeyValue } from '#lib/data/keyValue.js';

/** How a message is posted by a webhook. */
export interface ChannelWebhook {
	readonly id: string;
	readonly token: string;
}

export interface ChannelWebhooksOptions {
	readonly rest: Pick<REST, 'get' | 'post'>;
	readonly keyValue: Pick<KeyValue, 'withLock'>;
	/** Our application: a webhook that somebody else made is his. */
	readonly applicationId: () => string;
	readonly name: string;
}

const mostKept = 2_000;
const lock = { ttlMs: 15_000, waitMs: 10_000 } as const;

/**
 * The one webhook of ours in a channel: found there, or made once, and remembered.
 *
 * Two at once, in one process or in two, make one. Its token is held in memory alone: after a start it is found again.
 */
export class ChannelWebhooks {
	readonly #known = new LRUCache<string, ChannelWebhook>({ max: mostKept });
	readonly #looking = new Map<string, Promise<ChannelWebhook>>();

	public constructor(private readonly options: ChannelWebhooksOptions) {}

	/**
	 * Rejects with what Discord says when the bot may not, or the channel has as many as it can. `channelId`: never a thread's. `reason`:
	 * for the audit log.
	 */
	public async of(channelId: string, reason: string): Promise<ChannelWebhook> {
		const known = this.#known.get(channelId) ?? this.#looking.get(channelId);
		if (known !== undefined) return known;
		const looking = this.#look(channelId, reason).finally(() => this.#looking.delete(channelId));
		this.#looking.set(channelId, looking);
		return looking;
	}

	/** It is gone, or its channel: the next one who asks looks again. */
	public forget(channelId: string): void {
		this.#known.delete(channelId);
	}

	#look(channelId: string, reason: string): Promise<ChannelWebhook> {
		const { keyValue, name, rest } = this.options;
		return keyValue.withLock(`webhook:${channelId}`, lock, async () => {
			const found = await this.#find(channelId);
			const webhook = found ?? readWebhook(await rest.post(Routes.channelWebhooks(channelId), { body: { name }, reason }));
			if (webhook === null) throw new TypeError('Discord answered a webhook without a token');
			this.#known.set(channelId, webhook);
			return webhook;
		});
	}

	async #find(channelId: string): Promise<ChannelWebhook | null> {
		const { applicationId, rest } = this.options;
		const all: unknown = await rest.get(Routes.channelWebhooks(channelId));
		const ours = Array.isArray(all) ? all.filter((one) => Object(one).application_id === applicationId()) : [];
		return ours.map(readWebhook).find((webhook) => webhook !== null) ?? null;
	}
}

/** Discord shows the token of a webhook only to the application that made it. */
function readWebhook(webhook: unknown): ChannelWebhook | null {
	const { id, token }: { readonly id?: unknown; readonly token?: unknown } = Object(webhook);
	return typeof id === 'string' && typeof token === 'string' ? { id, token } : null;
}
