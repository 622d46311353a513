import { DiscordAPIError, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Translate } from '#lib/i18n/languages.js';
import type { Reminder } from './domain.js';
import { nonceOf } from './domain.js';
import type { Delivery, ReminderPoster } from './ports.js';
import { reminderMessage } from './view.js';

export interface PosterOptions {
	readonly rest: Pick<REST, 'post'>;
	/** Whether its person still reads in the channel. */
	readonly mayRead: (reminder: Reminder) => Promise<boolean>;
	/** The language of a person in a server. */
	readonly speak: (userId: string, guildId: string | null) => { readonly t: Translate; readonly locale: string };
	readonly log: { warn(details: object, message: string): void };
}

/** Posts by REST: the channel where it was asked for, or the person's direct messages. */
export function reminderPoster({ rest, mayRead, speak, log }: PosterOptions): ReminderPoster {
	async function send(channelId: string, reminder: Reminder, lateMs: number | null): Promise<void> {
		const { t, locale } = speak(reminder.userId, reminder.guildId);
		await rest.post(Routes.channelMessages(channelId), {
			body: {
				...reminderMessage(reminder, lateMs, t, locale),
				// Only the person reminded, whatever the text mentions.
				allowed_mentions: { users: [reminder.userId] },
				nonce: nonceOf(reminder),
				enforce_nonce: true
			}
		});
	}

	async function sendInChannel(reminder: Reminder, lateMs: number | null): Promise<boolean> {
		if (!(await mayRead(reminder))) return false;
		await send(reminder.channelId, reminder, lateMs);
		return true;
	}

	async function sendDirect(reminder: Reminder, lateMs: number | null): Promise<boolean> {
		const opened = await rest.post(Routes.userChannels(), { body: { recipient_id: reminder.userId } });
		await send(idOf(opened), reminder, lateMs);
		return true;
	}

	/** Tries one way; null: this way is closed for good. */
	async function attempt(reminder: Reminder, way: () => Promise<boolean>): Promise<Delivery | null> {
		try {
			return (await way()) ? 'sent' : null;
		} catch (error) {
			if (isClosed(error)) return null;
			if (!isPassing(error)) throw error;
			log.warn({ err: error, reminder: reminder.id }, 'A reminder could not be sent now; it is tried again');
			return 'retry';
		}
	}

	return {
		async post(reminder, lateMs) {
			const inChannel = reminder.inDm ? null : await attempt(reminder, () => sendInChannel(reminder, lateMs));
			return inChannel ?? (await attempt(reminder, () => sendDirect(reminder, lateMs))) ?? 'undeliverable';
		}
	};
}

/**
 * Discord refuses this channel or this person: gone, forbidden, closed direct messages, an archived thread, a word filter.
 * Not a 401 (our own token) and not a mistake in our message (50035).
 */
function isClosed(error: unknown): boolean {
	if (!(error instanceof DiscordAPIError) || error.status < 400 || error.status >= 500) return false;
	return (
		error.status !== 401 &&
		error.status !== 429 &&
		error.code !== RESTJSONErrorCodes.InvalidFormBodyOrContentType &&
		error.code !== openingTooFast
	);
}

/** "You are opening direct messages too fast". */
const openingTooFast = 40003;

/** An outage, at their side or on the way: 5xx, 429, time-outs and broken lines. Only what Discord refused as our fault is not. */
function isPassing(error: unknown): boolean {
	if (error instanceof DiscordAPIError) return error.status >= 500 || error.status === 429 || error.code === openingTooFast;
	return error instanceof Error;
}

function idOf(channel: unknown): string {
	if (typeof channel === 'object' && channel !== null && 'id' in channel && typeof channel.id === 'string') return channel.id;
	throw new TypeError('Discord answered no channel');
}
