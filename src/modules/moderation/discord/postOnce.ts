import { createHash } from 'node:crypto';
import { type REST, Routes } from 'discord.js';

/** Discord remembers a nonce for some minutes: what is sent twice within them is there once. */
export const nonceMs = 120_000;

/**
 * Posts a message; twice with one key, within some minutes, brings it once: the first one, whatever was to be said the second time.
 * Answers it. Nobody is called but the people named in `calls`.
 */
export async function postOnce(
	rest: Pick<REST, 'post'>,
	channelId: string,
	body: object,
	key: string,
	calls: readonly string[] = []
): Promise<unknown> {
	const nonce = createHash('sha256').update(key).digest('base64url').slice(0, 25);
	const allowed_mentions = { parse: [], ...(calls.length > 0 && { users: [...calls] }) };
	return rest.post(Routes.channelMessages(channelId), { body: { ...body, allowed_mentions, nonce, enforce_nonce: true } });
}

export function idOf(thing: unknown): string {
	if (typeof thing === 'object' && thing !== null && 'id' in thing && typeof thing.id === 'string') return thing.id;
	throw new TypeError('Discord answered nothing with an id');
}
