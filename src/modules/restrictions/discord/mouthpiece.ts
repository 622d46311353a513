import { type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { ChannelWebhooks } from '#lib/discord/channelWebhooks.js';
import { discordCodeOf } from '#lib/errors/discordCodes.js';
import { type HttpClient, HttpError } from '#lib/http/index.js';
import type { Mouthpiece, SaidAgain, SpokenFile } from '../ports.js';

export interface MouthpieceOptions {
	readonly rest: Pick<REST, 'post'>;
	readonly webhooks: Pick<ChannelWebhooks, 'of' | 'forget'>;
	readonly web: Pick<HttpClient, 'bytes'>;
}

/** Discord: 10 MB for a server without boosts. */
const mostBytes = 10 * 1024 * 1024;
/** Messages with files that are on their way at once: their content lies in memory. */
const mostAtOnce = 4;

const gone: readonly (number | null)[] = [RESTJSONErrorCodes.UnknownWebhook, RESTJSONErrorCodes.InvalidWebhookToken];

/** Speaks by the name and picture of others through the one webhook of ours in each channel. Nobody is pinged. */
export function webhookMouthpiece({ rest, webhooks, web }: MouthpieceOptions): Mouthpiece {
	let fetching = 0;

	async function post({ channelId, threadId, name, avatarUrl, content, files, flags, reason }: SaidAgain): Promise<void> {
		const { id, token } = await webhooks.of(channelId, reason);
		const query = new URLSearchParams({ wait: 'true', ...(threadId !== null && { thread_id: threadId }) });
		await rest.post(Routes.webhook(id, token), {
			auth: false,
			query,
			body: { content, username: webhookName(name), avatar_url: avatarUrl, flags, allowed_mentions: { parse: [] } },
			files: files.map((file) => ({ name: file.name, data: file.bytes }))
		});
	}

	async function bytesOf(files: readonly SpokenFile[]): Promise<SaidAgain['files']> {
		let left = mostBytes;
		const found: SaidAgain['files'][number][] = [];
		for (const { url, name, size } of files) {
			if (size > left) continue;
			const bytes = await bytesAt(web, url, left);
			if (bytes === null) continue;
			left -= bytes.length;
			found.push({ name, bytes });
		}
		return found;
	}

	return {
		async prepare(channelId, reason) {
			await webhooks.of(channelId, reason);
		},
		async say(said) {
			try {
				await post(said);
			} catch (error) {
				if (!gone.includes(discordCodeOf(error))) throw error;
				// Somebody deleted it: once more with another one.
				webhooks.forget(said.channelId);
				await post(said);
			}
		},
		async fetch(files) {
			if (files.length === 0 || fetching >= mostAtOnce) return [];
			fetching++;
			try {
				return await bytesOf(files);
			} finally {
				fetching--;
			}
		}
	};
}

async function bytesAt(web: Pick<HttpClient, 'bytes'>, url: string, maxBytes: number): Promise<Buffer | null> {
	try {
		return (await web.bytes(url, { maxBytes })).bytes;
	} catch (error) {
		if (error instanceof HttpError) return null;
		throw error;
	}
}

/** Discord: 1 to 80 characters, and none of these words. */
export function webhookName(name: string): string {
	const allowed = name
		.replaceAll(/discord/gi, (word) => `${word.slice(0, 4)}0${word.slice(5)}`)
		.replaceAll(/clyde/gi, (word) => `${word.slice(0, 2)}1${word.slice(3)}`)
		.trim();
	const lower = allowed.toLowerCase();
	if (allowed === '' || lower === 'everyone' || lower === 'here') return `${allowed}.`;
	return [...allowed].slice(0, 80).join('').slice(0, 80).toWellFormed();
}
