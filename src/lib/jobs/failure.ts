import { DiscordAPIError, HTTPError } from 'discord.js';
import { discordCodeOf, discordSentence } from '#lib/errors/discordCodes.js';

/** What undici and Node say of a broken line. */
const lineCodes = /^(UND_ERR_|ECONN|ENOTFOUND$|EAI_AGAIN$|ETIMEDOUT$|EPIPE$|EHOSTUNREACH$|ENETUNREACH$)/;

/** Whether Discord, or the line to it, is away: nothing that one member or channel is to blame for. */
export function isDiscordAway(error: unknown): boolean {
	if (error instanceof DiscordAPIError) return error.status >= 500 || error.status === 429 || error.status === 401;
	if (error instanceof HTTPError) return true;
	if (!(error instanceof Error)) return false;
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	return error.name === 'AbortError' || lineCodes.test(code) || (error.cause !== undefined && isDiscordAway(error.cause));
}

/**
 * Why Discord refused one item, as the `why` of its result; null when the error is no answer of Discord's.
 * Throws the error on when Discord is away: then nothing is to be recorded.
 */
export function discordFailure(error: unknown): string | null {
	if (isDiscordAway(error)) throw error;
	if (discordCodeOf(error) === null) return null;
	const sentence = discordSentence(error);
	if (sentence === 'silent') return 'gone';
	return sentence ?? 'refused';
}
